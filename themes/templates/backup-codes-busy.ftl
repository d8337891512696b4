<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#-- Shown if the codes could not be saved: it does not show them again, but its button saves the same codes. -->
<@layout.registrationLayout displayMessage=true; section>
<#if section = "header">
    ${msg("backupCodesTitle")}
<#elseif section = "form">
    <@backup.assets/>
    <form id="backup-codes-busy-form" class="${backup.rootClass()} bc-form" action="${url.loginAction}" method="post">
        <input type="hidden" name="shownOn" value="${backupCodesBusy.shownOn}">
        <input type="hidden" name="codesSaved" value="on">
        <#if backupCodesBusy.logoutSessions>
            <input type="hidden" name="logout-sessions" value="on">
        </#if>
        <div class="bc-actions">
            <button type="submit" id="saveBackupCodes" class="${backup.buttonClass("primary")}" autofocus>${msg("doTryAgain")}</button>
            <#if isAppInitiatedAction??>
                <button type="submit" id="cancelBackupCodes" name="cancel-aia" value="true" class="${backup.buttonClass("secondary")}">${msg("doCancel")}</button>
            </#if>
        </div>
    </form>
</#if>
</@layout.registrationLayout>
