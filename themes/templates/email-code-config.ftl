<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#import "verification-code-commons.ftl" as code>
<#-- Sets up codes by e-mail. The form of the first page submits send, those of the second what verification-code-commons.ftl says;
     both cancel-aia, Keycloak's own Cancel, if an application sent the user here. -->
<#macro cancel>
    <#if isAppInitiatedAction??>
        <form class="bc-actions" action="${url.loginAction}" method="post">
            <button type="submit" id="cancelEmailCode" name="cancel-aia" value="true" class="${backup.buttonClass("secondary")}">${msg("doCancel")}</button>
        </form>
    </#if>
</#macro>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("emailCode"); section>
<#if section = "header">
    ${msg(verificationCode???then((verificationCode.title)!"", "emailCodeSetupTitle"))}
<#elseif section = "form">
    <@backup.assets/>
    <div id="email-code" class="${backup.rootClass()} bc-form">
        <#if verificationCode??>
            <@code.entry submit=msg("doContinue")/>
        <#elseif verificationCodeObstacle??>
            <p class="bc-note"><@backup.icon "warning"/><span>${msg(verificationCodeObstacle)}</span></p>
        <#else>
            <p>${msg("emailCodeSetupIntro", emailCodeAddress)}</p>
            <form id="email-code-send-form" class="bc-sign-in bc-actions" action="${url.loginAction}" method="post">
                <button type="submit" id="sendEmailCode" name="send" value="true" class="${backup.buttonClass("primary")}" autofocus>${msg("emailCodeSetupSend")}</button>
            </form>
        </#if>
        <@cancel/>
    </div>
</#if>
</@layout.registrationLayout>
