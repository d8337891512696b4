<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#-- Keycloak's OTP form with the same names, whose field also accepts a backup code. Codes are mentioned only to users who
     have some. Without the script the field works as it is; with it, opening the details turns it into a field for a
     backup code. -->
<#assign codes = backupCodeLogin??>
<#assign useless = codes && backupCodeLogin.problem??>
<#assign alone = codes && backupCodeLogin.temporaryAlone>
<#assign invalid = messagesPerField.existsError("totp", "backupCode")>
<#assign letters = codes && !useless && !backupCodeLogin.digits>
<#assign devices = otpLogin.userOtpCredentials>
<#assign selected = otpLogin.selectedCredentialId!"">
<@layout.registrationLayout displayMessage=!invalid; section>
<#if section = "header">
    ${msg("doLogIn")}
<#elseif section = "form">
    <@backup.assets/>
    <form id="kc-otp-login-form" class="${backup.rootClass()} bc-form bc-sign-in ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
        <#if devices?size gt 1>
            <fieldset class="bc-devices">
                <legend class="${properties.kcFormLabelClass!(properties.kcLabelClass!)}"><span class="${properties.kcFormLabelTextClass!}">${msg("backupCodeOrOtpDevice")}</span></legend>
                <#list devices as device>
                    <div class="bc-check">
                        <input type="radio" id="kc-otp-credential-${device?index}" name="selectedCredentialId" value="${device.id}" <#if device.id == selected>checked</#if>>
                        <label for="kc-otp-credential-${device?index}">${device.userLabel}</label>
                    </div>
                </#list>
            </fieldset>
        <#else>
            <input type="hidden" id="selectedCredentialId" name="selectedCredentialId" value="${selected}">
        </#if>
        <div class="${properties.kcFormGroupClass!} bc-group">
            <div class="${properties.kcLabelWrapperClass!} bc-label">
                <label for="otp" class="${properties.kcFormLabelClass!(properties.kcLabelClass!)}"><span class="${properties.kcFormLabelTextClass!}">${msg("loginOtpOneTime")}</span></label>
                <@backup.lengthOf "otp"/>
            </div>
            <div class="${properties.kcInputWrapperClass!}">
                <#if backup.wrapsFields><span class="${properties.kcInputClass!} ${invalid?then(properties.kcError!, '')}"></#if>
                <input type="text" id="otp" name="otp" class="bc-field ${backup.wrapsFields?then('', properties.kcInputClass!)}"
                       dir="ltr" autocomplete="one-time-code" autocorrect="off" spellcheck="false"
                       inputmode="${letters?then('text', 'numeric')}" autocapitalize="${letters?then('characters', 'off')}" autofocus
                       <#if codes && !useless>
                           data-code-length="${backupCodeLogin.length?c}" data-code-digits="${backupCodeLogin.digits?c}"
                           data-code-label="${msg(alone?then("backup-code-temporary-display-name", "backupCodeLabel"))}" data-code-switch="lost-phone"
                       </#if>
                       <#if invalid>
                           aria-invalid="true"
                           aria-describedby="<#if messagesPerField.existsError("totp")>input-error-otp </#if><#if messagesPerField.existsError("backupCode")>input-error-backupCode</#if>"
                       </#if>>
                <#if backup.wrapsFields></span></#if>
                <@backup.fieldError "totp" "otp"/>
                <@backup.fieldError "backupCode"/>
                <#if backupCodesNeedHelp!false><@backup.contactHelp/></#if>
                <#if codes>
                    <p class="bc-hint" id="otp-hint" role="status" data-mistyped="${msg("backupCodeHintMistyped")}"></p>
                </#if>
            </div>
        </div>
        <div class="${properties.kcFormGroupClass!} bc-group">
            <div id="kc-form-buttons" class="${properties.kcFormButtonsClass!} bc-actions">
                <button type="submit" id="kc-login" name="login" value="true" class="${backup.buttonClass("primary")}">${msg("doLogIn")}</button>
            </div>
        </div>
        <#if codes>
            <details id="lost-phone" class="bc-switch" <#if backupCodeWanted && !useless>open</#if>>
                <summary>${msg(alone?then("backupCodeLostPhoneTemporary", "backupCodeLostPhone"))}</summary>
                <#if useless>
                    <div class="bc-form"><@backup.problem key=backupCodeLogin.problem/></div>
                <#elseif alone>
                    <p class="bc-help" id="otp-help">${msg("backupCodeHelpTemporaryAlone")}</p>
                <#else>
                    <p class="bc-help" id="otp-help">${msg("backupCodeSameField")} ${backupCodeLogin.temporary?then(msg("backupCodeHelpTemporary"), backupCodeLogin.digits?then(msg("backupCodeHelpDigits"), msg("backupCodeHelp")))}</p>
                </#if>
            </details>
        </#if>
    </form>
</#if>
</@layout.registrationLayout>
