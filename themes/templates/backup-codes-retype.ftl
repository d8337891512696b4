<#import "template.ftl" as layout>
<#import "password-commons.ftl" as passwordCommons>
<#import "backup-codes-commons.ftl" as backup>
<#-- Shown after a code was mistyped: asks for the same code again without showing the codes. The form submits shownOn and
     backupCode, or newCodes for a new set, or one of the buttons of waysOut. -->
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('backupCode'); section>
<#if section = "header">
    ${msg("backupCodesTitle")}
<#elseif section = "form">
    <@backup.assets/>
    <form id="backup-codes-form" class="${backup.rootClass()} bc-form" action="${url.loginAction}" method="post" autocomplete="off">
        <p>${msg("backupCodesRetypeAgain", backupCodesForm.number?c)}</p>
        <input type="hidden" name="shownOn" value="${backupCodesForm.shownOn}">
        <@backup.codeField name="backupCode" label=msg("backupCodesRetype", backupCodesForm.number?c) help=msg("backupCodesRetypeHelp") length=backupCodesForm.length digits=backupCodesForm.digits autofocus=true required=true/>
        <#if backupCodesForm.logoutOffered><div class="bc-options"><@passwordCommons.logoutOtherSessions/></div></#if>
        <div class="bc-actions">
            <button type="submit" id="saveBackupCodes" class="${backup.buttonClass("primary")}">${msg("backupCodesSave")}</button>
            <button type="submit" id="newBackupCodes" name="newCodes" value="true" formnovalidate class="${backup.buttonClass("secondary")}">${msg("backupCodesNew")}</button>
            <@backup.waysOut/>
        </div>
    </form>
</#if>
</@layout.registrationLayout>
