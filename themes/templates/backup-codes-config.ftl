<#import "template.ftl" as layout>
<#import "password-commons.ftl" as passwordCommons>
<#import "backup-codes-commons.ftl" as backup>
<#-- A code spelled out for screen readers: its characters one by one, with a pause between the groups. -->
<#function spelled code>
    <#return code?replace("(?<=[^-])(?=[^-])", " ", "r")?replace("-", ", ")>
</#function>
<#-- A set may be a single code, which has its own messages. -->
<#assign one = backupCodes.codes?size == 1>
<#-- The name of the site, with that of the server unless it is the same. -->
<#assign site = backupCodes.site + (backupCodes.site == backupCodes.host)?then("", " (" + backupCodes.host + ")")>
<#-- another language would load the page again, with other codes -->
<@backup.hideLanguages/>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('codesSaved', 'backupCode'); section>
<#if section = "header">
    ${msg(one?then("backupCodesTitleOne", "backupCodesTitle"))}
<#elseif section = "form">
    <@backup.assets/>
    <#assign sheetText = msg(one?then("backupCodesSheetTextOne", "backupCodesSheetText"))>
    <div id="backup-codes" class="${backup.rootClass()}"
         data-file-name="${backupCodes.fileName}"
         data-file-head="${msg("backupCodesSheetTitle")}

${msg("backupCodesSite")}: ${site}
${msg("backupCodesUser")}: ${backupCodes.user}
${msg("backupCodesDate")}: ${backupCodes.date}<#if backupCodes.expiry??>
${msg("backupCodesExpiry")}: ${backupCodes.expiry}</#if>

${sheetText}"
         data-copied="${msg("backupCodesCopied")}"
         data-not-copied="${msg("backupCodesNotCopied")}"
         data-downloaded="${msg("backupCodesDownloaded")}" <#if backupCodesForm.typedBack>data-numbered</#if>>

        <#if backupCodes.lastStep>
            <div>
                <p class="bc-step">${msg("loginVerificationStep", "3", "3")}</p>
                <p class="bc-done" id="loginVerificationOn"><@backup.icon "done"/><span>${msg("loginVerificationOn")}</span></p>
            </div>
        </#if>
        <p>${msg(one?then("backupCodesIntroOne", "backupCodesIntro"))}</p>

        <#-- one box: what was shown before in this sign-in, and what is replaced -->
        <#if backupCodes.shownBefore || backupCodes.renewal>
            <div class="bc-note"><@backup.icon "warning"/><div>
                <#if backupCodes.shownBefore><p class="bc-strong" id="codesShownBefore">${msg(one?then("backupCodesOtherOne", "backupCodesOther"))}</p></#if>
                <#if backupCodes.renewal><p id="codesRenewal">${msg(one?then("backupCodesRenewalOne", "backupCodesRenewal"))}</p></#if>
            </div></div>
        </#if>

        <div>
            <p class="bc-strong" id="backupCodesOnce">${msg(one?then("backupCodesOnceOne", "backupCodesOnce"))}</p>
            <#if backupCodes.expiry??>
                <p>${msg(one?then("backupCodesWorksUntilOne", "backupCodesWorkUntil"), backupCodes.expiry)}</p>
            </#if>
        </div>

        <#-- the sheet: only this is printed -->
        <div class="bc-sheet">
            <div class="bc-paper">
                <h2>${msg("backupCodesSheetTitle")}</h2>
                <dl>
                    <div><dt>${msg("backupCodesSite")}</dt><dd><bdi>${site}</bdi></dd></div>
                    <div><dt>${msg("backupCodesUser")}</dt><dd><bdi>${backupCodes.user}</bdi></dd></div>
                    <div><dt>${msg("backupCodesDate")}</dt><dd><bdi>${backupCodes.date}</bdi></dd></div>
                    <#if backupCodes.expiry??>
                        <div><dt>${msg("backupCodesExpiry")}</dt><dd><bdi>${backupCodes.expiry}</bdi></dd></div>
                    </#if>
                </dl>
                <p>${sheetText}</p>
            </div>
            <#assign width = backupCodes.codes[0]?length>
            <ol class="bc-codes <#if width lte 9>bc-narrow<#elseif width gt 17>bc-wide</#if><#if one> bc-one<#elseif backupCodes.codes?size gt 20> bc-many</#if>" role="list" aria-labelledby="backupCodesOnce">
                <#list backupCodes.codes as code>
                    <li><span class="bc-code" dir="ltr" data-backup-code aria-hidden="true">${code}</span><span class="bc-spoken" dir="ltr">${spelled(code)}</span></li>
                </#list>
            </ol>
        </div>

        <#-- hidden until the script, which they need, shows them -->
        <div class="bc-tools" role="group" aria-label="${msg("backupCodesTools")}" hidden>
            <button type="button" id="copyBackupCodes" class="${backup.buttonClass("secondary")}"><@backup.icon "copy"/>${msg("backupCodesCopy")}</button>
            <button type="button" id="downloadBackupCodes" class="${backup.buttonClass("secondary")}"><@backup.icon "download"/>${msg("backupCodesDownload")}</button>
            <button type="button" id="printBackupCodes" class="${backup.buttonClass("secondary")}"><@backup.icon "print"/>${msg("backupCodesPrint")}</button>
        </div>
        <p id="backupCodesStatus" class="bc-status" role="status"></p>

        <form id="backup-codes-form" class="bc-form" action="${url.loginAction}" method="post" autocomplete="off">
            <input type="hidden" name="shownOn" value="${backupCodesForm.shownOn}">
            <#if backupCodesForm.typedBack>
                <#-- the retyped code is the confirmation, so there is no checkbox -->
                <@backup.codeField name="backupCode" label=msg("backupCodesRetype", backupCodesForm.number?c) help=msg("backupCodesRetypeHelp") length=backupCodesForm.length digits=backupCodesForm.digits required=true/>
            <#else>
                <#assign invalid = messagesPerField.existsError("codesSaved")>
                <#assign notSaved = one?then("backupCodesErrorNotSavedOne", "backupCodesErrorNotSaved")>
                <div class="bc-check">
                    <input type="checkbox" id="codesSaved" name="codesSaved" value="on" required
                           <#if invalid>aria-invalid="true" aria-describedby="input-error-codesSaved" autofocus</#if>>
                    <label for="codesSaved">${msg(one?then("backupCodesSavedOne", "backupCodesSaved"))}</label>
                </div>
                <#if invalid>
                    <@backup.fieldError "codesSaved"/>
                <#else>
                    <#-- the script shows it if the checkbox is not selected -->
                    <p class="bc-error ${properties.kcInputErrorMessageClass!}" id="input-error-codesSaved" hidden><@backup.icon "error"/><span>${msg(notSaved)}</span></p>
                </#if>
            </#if>
            <#if backupCodesForm.logoutOffered><div class="bc-options"><@passwordCommons.logoutOtherSessions/></div></#if>
            <div class="bc-actions">
                <button type="submit" id="saveBackupCodes" class="${backup.buttonClass("primary")}">${msg("backupCodesSave")}</button>
                <@backup.waysOut/>
            </div>
        </form>
    </div>
</#if>
</@layout.registrationLayout>
