<#-- Macros that the pages of the backup codes share. One set of templates serves every login theme, so nothing here needs a
     macro or a class of a particular theme: a class that a theme lacks is omitted.
     How themes are recognized: the newer theme wraps a text field and has kcFormControlUtilClass; a theme without classes has
     no kcButtonClass. -->

<#assign wrapsFields = properties.kcFormControlUtilClass??>
<#assign plain = !(properties.kcButtonClass?has_content)>

<#-- Style and script. The script is a module: it runs once the page is parsed. -->
<#macro assets>
    <link rel="stylesheet" href="${url.resourcesPath}/css/backup-codes.css">
    <script type="module" src="${url.resourcesPath}/js/backup-codes.js"></script>
</#macro>

<#-- Hides the theme's language menu on a page that must not be loaded again. Themes show it only if there are several languages. -->
<#macro hideLanguages>
    <#if locale??>
        <#global locale = {"current": locale.current!, "currentLanguageTag": locale.currentLanguageTag!, "rtl": locale.rtl!false, "supported": []}>
    </#if>
</#macro>

<#-- The class of the element around all our content. -->
<#function rootClass>
    <#return "bc" + plain?then(" bc-plain", "")>
</#function>

<#-- The classes of a button: "primary", "danger", or any other word for a secondary one. PatternFly has a class for what can't
     be undone; themes without it get ours. -->
<#function buttonClass kind>
    <#local base = properties.kcButtonClass!>
    <#if kind == "danger" && base?contains("c-button")>
        <#local variant = "pf-m-danger">
    <#elseif kind == "danger">
        <#local variant = ((properties.kcButtonPrimaryClass!"") + " bc-danger")?trim>
    <#elseif kind == "primary">
        <#local variant = properties.kcButtonPrimaryClass!>
    <#elseif properties.kcButtonSecondaryClass?has_content>
        <#local variant = properties.kcButtonSecondaryClass>
    <#else>
        <#local variant = (base == "pf-c-button")?then("pf-m-secondary", properties.kcButtonDefaultClass!)>
    </#if>
    <#-- in some themes the class of each kind contains the class of all buttons -->
    <#return (" " + variant + " ")?contains(" " + base + " ")?then(variant, base + " " + variant)?trim>
</#function>

<#-- Icons are drawn here, because the icon fonts differ between themes. -->
<#macro icon name>
    <svg class="bc-icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
    <#switch name>
        <#case "copy"><rect x="5.5" y="5.5" width="9" height="9" rx="1.5"/><path d="M3 10.5h-.5a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h7a1 1 0 0 1 1 1V3"/><#break>
        <#case "download"><path d="M8 1.5v9M4.5 7 8 10.5 11.5 7M1.5 14.5h13"/><#break>
        <#case "print"><path d="M4.5 5.5v-4h7v4M4.5 11.5h-2a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1h11a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-2M4.5 9.5h7v5h-7z"/><#break>
        <#case "warning"><path d="M8 1.8 15 14H1zM8 6.3v3.6M8 12v.1"/><#break>
        <#case "done"><circle cx="8" cy="8" r="6.5"/><path d="m5 8.3 2.1 2.1L11.2 6"/><#break>
        <#case "menu"><path d="M4 6.5h8l-4 4z" fill="currentColor"/><#break>
        <#case "error"><circle cx="8" cy="8" r="6.5"/><path d="M8 4.5v4.2M8 11.3v.1"/><#break>
    </#switch>
    </svg>
</#macro>

<#-- The error of a field, linked to it by the id. Its text is a message of the server, never what was typed. -->
<#macro fieldError field id=field>
    <#if messagesPerField.existsError(field)>
        <p class="bc-error ${properties.kcInputErrorMessageClass!}" id="input-error-${id}" aria-live="polite">
            <@icon "error"/><span>${messagesPerField.get(field)}</span>
        </p>
    </#if>
</#macro>

<#-- Whom to contact for help; nothing or a HelpContact. Isolated, because telephone numbers and addresses are read from left to
     right in every language. A page opens beside the sign-in, which would be lost otherwise. -->
<#macro help contact="">
    <p class="bc-help bc-contact">
    <#if contact?has_content>
        ${msg("backupCodesHelpContact")}
        <#if contact.link??><a href="${contact.link}" target="_blank" rel="noopener noreferrer"><bdi>${contact.getText()}</bdi></a><#else><bdi class="bc-strong">${contact.getText()}</bdi></#if>
    <#else>
        ${msg("backupCodesHelp")}
    </#if>
    </p>
</#macro>

<#-- How long the text in a field is, "12/15"; the script fills it. -->
<#macro lengthOf field>
    <span class="bc-length" id="${field}-length" aria-hidden="true"></span>
</#macro>

<#-- Whom to contact, for macros with a parameter of the name help. -->
<#macro contactHelp>
    <@help backupCodesHelp/>
</#macro>

<#-- Why no code works, with whom to contact. -->
<#macro problem key>
    <p class="bc-note"><@icon "warning"/><span>${msg(key)}</span></p>
    <@help backupCodesHelp/>
</#macro>

<#-- The text field for one code. It never has a value, because what was typed must not be sent back. The script shows how long the
     text is; only people who see it need that, because others are told when it cannot be a code. contact: whether the error needs help. -->
<#macro codeField name label length digits autofocus=false help="" required=false contact=false>
    <#local invalid = messagesPerField.existsError(name)>
    <div class="${properties.kcFormGroupClass!} bc-group">
        <div class="${properties.kcLabelWrapperClass!} bc-label">
            <label for="${name}" class="${properties.kcFormLabelClass!(properties.kcLabelClass!)}"><span class="${properties.kcFormLabelTextClass!}">${label}</span></label>
            <@lengthOf name/>
        </div>
        <div class="${properties.kcInputWrapperClass!}">
            <#if wrapsFields><span class="${properties.kcInputClass!} ${invalid?then(properties.kcError!, '')}"></#if>
            <input type="text" id="${name}" name="${name}" class="bc-field ${wrapsFields?then('', properties.kcInputClass!)}"
                   dir="ltr" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false"
                   inputmode="${digits?then('numeric', 'text')}" <#if autofocus>autofocus</#if> <#if required>required</#if>
                   data-code-length="${length?c}" data-code-digits="${digits?c}"
                   aria-describedby="<#if invalid>input-error-${name} </#if>${name}-help"
                   <#if invalid>aria-invalid="true"</#if>>
            <#if wrapsFields></span></#if>
            <@fieldError name/>
            <#if contact><@contactHelp/></#if>
            <p class="bc-hint" id="${name}-hint" role="status" data-mistyped="${msg("backupCodeHintMistyped")}"></p>
            <p class="bc-help" id="${name}-help">${(help == "")?then(digits?then(msg("backupCodeHelpDigits"), msg("backupCodeHelp")), help)}</p>
        </div>
    </div>
</#macro>

<#-- The buttons that leave the pages of new codes; at most one is shown. -->
<#macro waysOut>
    <#if backupCodesForm.optional>
        <button type="submit" id="keepOldCodes" name="continue" value="true" formnovalidate class="${buttonClass("secondary")}">${msg("backupCodesKeepOld")}</button>
    <#elseif backupCodesForm.invited>
        <button type="submit" id="notNow" name="notNow" value="true" formnovalidate class="${buttonClass("secondary")}">${msg("backupCodesNotNow")}</button>
    <#elseif isAppInitiatedAction??>
        <button type="submit" id="cancelBackupCodes" name="cancel-aia" value="true" formnovalidate class="${buttonClass("secondary")}">${msg("doCancel")}</button>
    </#if>
</#macro>
