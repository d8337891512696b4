<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#import "verification-code-commons.ftl" as code>
<#-- Sets up codes by text message. The form of the first page submits country, number and send, or app; those of the second what
     verification-code-commons.ftl says, or change. The page that confirms a number submits send, remove or notNow. All submit cancel-aia,
     Keycloak's own Cancel, if an application sent the user here. Calling codes are isolated, because they are read from left to right in
     every language. -->
<#macro cancel>
    <#if isAppInitiatedAction??>
        <form class="bc-actions" action="${url.loginAction}" method="post">
            <button type="submit" id="cancelSmsCode" name="cancel-aia" value="true" class="${backup.buttonClass("secondary")}">${msg("doCancel")}</button>
        </form>
    </#if>
</#macro>

<#macro confirm>
    <p>${msg("smsCodeConfirmText", smsCodeConfirm)}</p>
    <form id="sms-code-confirm-form" class="bc-actions" action="${url.loginAction}" method="post">
        <button type="submit" id="confirmNumber" name="send" value="true" class="${backup.buttonClass("primary")}">${msg("smsCodeConfirmSend")}</button>
        <button type="submit" id="removeNumber" name="remove" value="true" class="${backup.buttonClass("secondary")}">${msg("smsCodeConfirmRemove")}</button>
        <button type="submit" id="notNow" name="notNow" value="true" class="${backup.buttonClass("secondary")}">${msg("backupCodesNotNow")}</button>
    </form>
</#macro>

<#macro number>
    <#local invalid = messagesPerField.existsError("number")>
    <p>${msg("smsCodeSetupIntro")}</p>
    <p class="bc-note"><@backup.icon "warning"/><span>${msg("smsCodeSetupRisk")}</span></p>
    <form id="sms-code-send-form" class="bc-sign-in ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
        <div class="${properties.kcFormGroupClass!} bc-group">
            <div class="${properties.kcLabelWrapperClass!} bc-label">
                <label for="country" class="${properties.kcFormLabelClass!(properties.kcLabelClass!)}"><span class="${properties.kcFormLabelTextClass!}">${msg("smsCodeSetupCountry")}</span></label>
            </div>
            <div class="${properties.kcInputWrapperClass!}">
                <#if backup.wrapsFields><span class="${properties.kcInputClass!}"></#if>
                <select id="country" name="country" class="bc-field ${backup.wrapsFields?then('', properties.kcInputClass!)}" autocomplete="country">
                    <#list smsCodeSetup.countries as country>
                        <option value="${country.getCode()}" <#if country.getCode() == smsCodeSetup.country>selected</#if>>${country.getName()} (&#x2066;+${country.getCallingCode()}&#x2069;)</option>
                    </#list>
                </select>
                <#if backup.wrapsFields>
                    <span class="${properties.kcFormControlUtilClass}"><span class="${properties.kcFormControlToggleIcon!}"><@backup.icon "menu"/></span></span>
                </span></#if>
            </div>
        </div>
        <div class="${properties.kcFormGroupClass!} bc-group">
            <div class="${properties.kcLabelWrapperClass!} bc-label">
                <label for="number" class="${properties.kcFormLabelClass!(properties.kcLabelClass!)}"><span class="${properties.kcFormLabelTextClass!}">${msg("smsCodeSetupNumber")}</span></label>
            </div>
            <div class="${properties.kcInputWrapperClass!}">
                <#if backup.wrapsFields><span class="${properties.kcInputClass!} ${invalid?then(properties.kcError!, '')}"></#if>
                <input type="tel" id="number" name="number" value="${smsCodeSetup.number}" class="bc-field ${backup.wrapsFields?then('', properties.kcInputClass!)}"
                       dir="ltr" autocomplete="tel-national" autofocus
                       <#if invalid>aria-describedby="input-error-number" aria-invalid="true"</#if>>
                <#if backup.wrapsFields></span></#if>
                <@backup.fieldError "number"/>
            </div>
        </div>
        <div class="${properties.kcFormGroupClass!} bc-group">
            <div class="${properties.kcFormButtonsClass!} bc-actions">
                <button type="submit" id="sendSmsCode" name="send" value="true" class="${backup.buttonClass("primary")}">${msg("emailCodeSetupSend")}</button>
                <#if smsCodeSetup.appOffered>
                    <button type="submit" id="useApp" name="app" value="true" class="bc-link">${msg("smsCodeSetupApp")}</button>
                </#if>
            </div>
        </div>
    </form>
</#macro>

<@layout.registrationLayout displayMessage=!messagesPerField.existsError("smsCode", "number"); section>
<#if section = "header">
    <#if verificationCode??>${msg(verificationCode.title)}<#elseif smsCodeConfirm??>${msg("smsCodeConfirmTitle")}<#else>${msg("smsCodeSetupTitle")}</#if>
<#elseif section = "form">
    <@backup.assets/>
    <div id="sms-code" class="${backup.rootClass()} bc-form">
        <#if verificationCode??>
            <@code.entry submit=msg("doContinue")/>
            <form class="bc-lost-access" action="${url.loginAction}" method="post">
                <button type="submit" id="changeNumber" name="change" value="true" class="bc-link">${msg("smsCodeSetupChange")}</button>
            </form>
        <#elseif verificationCodeObstacle??>
            <p class="bc-note"><@backup.icon "warning"/><span>${msg(verificationCodeObstacle)}</span></p>
        <#elseif smsCodeConfirm??>
            <@confirm/>
        <#else>
            <@number/>
        </#if>
        <@cancel/>
    </div>
</#if>
</@layout.registrationLayout>
