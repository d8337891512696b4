<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#-- Turns on login verification. The form submits one of:
       setUp=<credential type>  set up this second factor
       skip                     postpone it; shown only if that is allowed
       cancel-aia               Keycloak's own Cancel, if an application sent the user here -->
<#-- Names, texts and icons come from the credential type: message keys and properties of the theme, or the literal value. -->
<#macro description factor tag>
    <#if !backup.plain><${tag} class="bc-factor-icon" aria-hidden="true"><i class="${properties[factor.icon]!factor.icon}"></i></${tag}></#if>
    <${tag} class="bc-factor-text">
        <${tag} class="bc-strong"><span id="name-${factor.type}">${msg(factor.name)}</span><#if factor.recommended> <span class="bc-badge" id="recommended-${factor.type}">${msg("loginVerificationRecommended")}</span></#if></${tag}>
        <${tag} id="help-${factor.type}">${msg(factor.help, factor.seconds)}</${tag}>
    </${tag}>
</#macro>
<#assign one = loginVerification.factors?size == 1>
<@layout.registrationLayout; section>
<#if section = "header">
    ${msg("loginVerificationTitle")}
<#elseif section = "form">
    <@backup.assets/>
    <div id="login-verification" class="${backup.rootClass()} bc-form">
        <p class="bc-step">${msg("loginVerificationStep", "1", loginVerification.codesFollow?then("3", "2"))}</p>
        <p id="loginVerificationIntro">${msg("loginVerificationIntro")}<#if loginVerification.codesFollow> ${msg("loginVerificationCodes")}</#if></p>

        <form id="login-verification-form" class="bc-ways" action="${url.loginAction}" method="post">
            <#if one>
                <#assign factor = loginVerification.factors[0]>
                <div class="bc-factor"><@description factor "div"/></div>
                <button type="submit" id="setUp-${factor.type}" name="setUp" value="${factor.type}" aria-describedby="name-${factor.type} help-${factor.type}" class="${backup.buttonClass("primary")}">${msg("loginVerificationStart")}</button>
            <#else>
                <h2 id="loginVerificationChoose">${msg("loginVerificationChoose")}</h2>
                <ul class="bc-factors" role="list" aria-labelledby="loginVerificationChoose">
                    <#list loginVerification.factors as factor>
                        <li><button type="submit" id="setUp-${factor.type}" name="setUp" value="${factor.type}" aria-labelledby="name-${factor.type}" aria-describedby="<#if factor.recommended>recommended-${factor.type} </#if>help-${factor.type}" class="bc-factor bc-factor-button"><@description factor "span"/></button></li>
                    </#list>
                </ul>
            </#if>
        </form>

        <#if isAppInitiatedAction?? || loginVerification.skippable>
            <form id="login-verification-later" class="bc-actions" action="${url.loginAction}" method="post">
                <#if isAppInitiatedAction??>
                    <button type="submit" id="cancelLoginVerification" name="cancel-aia" value="true" class="${backup.buttonClass("secondary")}">${msg("doCancel")}</button>
                <#else>
                    <#if loginVerification.skippableUntil??><p id="loginVerificationUntil">${msg("loginVerificationUntil", loginVerification.skippableUntil)}</p></#if>
                    <button type="submit" id="skipLoginVerification" name="skip" value="true"<#if loginVerification.skippableUntil??> aria-describedby="loginVerificationUntil"</#if> class="${backup.buttonClass("secondary")}">${msg("loginVerificationSkip")}</button>
                </#if>
            </form>
        </#if>
    </div>
</#if>
</@layout.registrationLayout>
