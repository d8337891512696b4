<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#import "verification-code-commons.ftl" as code>
<#-- Sign in with a code that was sent. -->
<@layout.registrationLayout displayMessage=!messagesPerField.existsError(verificationCode.field); section>
<#if section = "header">
    ${msg(verificationCode.title)}
<#elseif section = "form">
    <@backup.assets/>
    <div id="verification-code" class="${backup.rootClass()} bc-form">
        <@code.entry submit=msg("doLogIn")/>
        <#if verificationCode.backupExecution??>
            <form class="bc-lost-access" action="${url.loginAction}" method="post">
                <input type="hidden" name="authenticationExecution" value="${verificationCode.backupExecution}">
                <button type="submit" id="useBackupCode" class="bc-link">${msg("verificationCodeUseBackup")}</button>
            </form>
        </#if>
    </div>
</#if>
</@layout.registrationLayout>
