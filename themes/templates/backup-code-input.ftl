<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#-- Shows at once if no code of the user works: then it leads to another way, and the field is only for a code that is issued meanwhile. -->
<#assign invalid = messagesPerField.existsError("backupCode")>
<#assign useless = backupCodeLogin.problem?? && !invalid>
<#assign alone = backupCodeLogin.temporaryAlone>
<#if alone>
    <#assign help = msg("backupCodeHelpTemporaryAlone")>
<#else>
    <#assign help = backupCodeLogin.temporary?then(msg("backupCodeHelpTemporary"), "")>
</#if>
<#macro field submit>
    <form id="kc-backup-code-login-form" class="${backup.rootClass()} bc-form bc-sign-in ${properties.kcFormClass!}" action="${url.loginAction}" method="post" autocomplete="off">
        <@backup.codeField name="backupCode" label=msg(alone?then("backup-code-temporary-display-name", "backupCodeLabel")) length=backupCodeLogin.length digits=backupCodeLogin.digits autofocus=!useless help=help contact=backupCodesNeedHelp/>
        <div class="${properties.kcFormGroupClass!} bc-group">
            <div id="kc-form-buttons" class="${properties.kcFormButtonsClass!} bc-actions">
                <button type="submit" id="kc-login" name="login" value="true" class="${backup.buttonClass(submit)}">${msg("doLogIn")}</button>
            </div>
        </div>
    </form>
</#macro>
<@layout.registrationLayout displayMessage=!invalid; section>
<#if section = "header">
    ${msg(alone?then("backupCodeTitleTemporary", "backupCodeTitle"))}
<#elseif section = "form">
    <@backup.assets/>
    <#if useless>
        <div id="backup-code-useless" class="${backup.rootClass()} bc-form">
            <@backup.problem key=backupCodeLogin.problem/>
            <#if auth?? && auth.showTryAnotherWayLink()>
                <form class="bc-actions bc-another-way" action="${url.loginAction}" method="post">
                    <button type="submit" name="tryAnotherWay" value="on" class="${backup.buttonClass("primary")}" autofocus>${msg("doTryAnotherWay")}</button>
                </form>
            </#if>
            <details class="bc-switch">
                <summary>${msg("backupCodeNewCode")}</summary>
                <@field submit="secondary"/>
            </details>
        </div>
    <#else>
        <@field submit="primary"/>
    </#if>
</#if>
</@layout.registrationLayout>
