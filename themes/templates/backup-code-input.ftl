<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('backupCode'); section>
<#if section = "header">
    ${msg("backupCodeTitle")}
<#elseif section = "form">
    <@backup.assets/>
    <form id="kc-backup-code-login-form" class="${backup.rootClass()} bc-form bc-sign-in ${properties.kcFormClass!}" action="${url.loginAction}" method="post" autocomplete="off">
        <@backup.codeField name="backupCode" label=msg("backupCodeLabel") length=backupCodeLogin.length digits=backupCodeLogin.digits autofocus=true help=backupCodeLogin.temporary?then(msg("backupCodeHelpTemporary"), "")/>
        <div class="${properties.kcFormGroupClass!} bc-group">
            <div id="kc-form-buttons" class="${properties.kcFormButtonsClass!} bc-actions">
                <button type="submit" id="kc-login" name="login" value="true" class="${backup.buttonClass("primary")}">${msg("doLogIn")}</button>
            </div>
        </div>
    </form>
</#if>
</@layout.registrationLayout>
