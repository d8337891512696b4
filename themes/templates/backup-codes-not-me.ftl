<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#-- The page of the link "it was not me" in a mail. It asks first, because programs that scan mail open links too. -->
<#if backupCodesNotMe.done && locale??>
    <#-- The result cannot be shown again in another language, so no languages are offered. -->
    <#global locale = {"rtl": locale.rtl, "current": locale.current, "currentLanguageTag": locale.currentLanguageTag, "supported": []}>
</#if>
<@layout.registrationLayout displayMessage=true; section>
<#if section = "header">
    ${backupCodesNotMe.done?then(msg("backupCodesNotMeDoneTitle"), msg("backupCodesNotMeTitle"))}
<#elseif section = "form">
    <@backup.assets/>
    <#if backupCodesNotMe.done>
    <div id="backup-codes-not-me-done" class="${backup.rootClass()} bc-form">
        <p class="bc-done"><@backup.icon "done"/><span>${msg("backupCodesNotMeDoneText")}</span></p>
        <#if backupCodesNotMe.factorsRemoved><p>${msg("backupCodesNotMeFactorsDone")}</p></#if>
        <#if backupCodesNotMe.locked>
        <p class="bc-strong">${msg("backupCodesNotMeLocked")}</p>
        <#else>
        <p class="bc-strong">${backupCodesNotMe.passwordAsked?then(msg("backupCodesNotMeNewPassword"), msg("backupCodesNotMeAskPassword"))}</p>
        </#if>
        <p>${msg("backupCodesNotMeHelp")}</p>
    </div>
    <#else>
    <form id="backup-codes-not-me" class="${backup.rootClass()} bc-form" action="${backupCodesNotMe.confirmation}" method="post">
        <p>${msg("backupCodesNotMeText")} ${msg("backupCodesNotMeFactors")}</p>
        <p>${msg("backupCodesNotMeIfYou")}</p>
        <div class="bc-actions">
            <button type="submit" id="notMe" class="${backup.buttonClass("primary")}">${msg("backupCodesNotMeConfirm")}</button>
        </div>
    </form>
    </#if>
</#if>
</@layout.registrationLayout>
