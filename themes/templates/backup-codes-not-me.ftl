<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#-- The page of the link "it was not me" in a mail. It asks first, because programs that scan mail open links too.
     backupCodesNotMe.state says what it shows, see NotMeBean. -->
<#assign notMe = backupCodesNotMe>
<#assign titles = {
    "ASKING": "backupCodesNotMeTitle",
    "KEPT": "backupCodesNotMeKeptTitle",
    "DONE": "backupCodesNotMeDoneTitle",
    "EXPIRED": "backupCodesNotMeExpiredTitle",
    "USED": "backupCodesNotMeUsedTitle",
    "LOCKED": "backupCodesNotMeLockedTitle"
}>
<#if (notMe.done || notMe.state == "KEPT") && locale??>
    <#-- The result cannot be shown again in another language, so no languages are offered. -->
    <#global locale = {"rtl": locale.rtl, "current": locale.current, "currentLanguageTag": locale.currentLanguageTag, "supported": []}>
</#if>

<#macro signIn>
    <#if notMe.signIn??>
    <div class="bc-actions">
        <a id="signIn" href="${notMe.signIn}" class="${backup.buttonClass("primary")}">${msg("backupCodesNotMeSignIn")}</a>
    </div>
    </#if>
</#macro>

<@layout.registrationLayout displayMessage=true; section>
<#if section = "header">
    ${msg(titles[notMe.state])}
<#elseif section = "form">
    <@backup.assets/>
    <#if notMe.state == "ASKING">
    <form id="backup-codes-not-me" class="${backup.rootClass()} bc-form" action="${notMe.confirmation}" method="post">
        <#if notMe.subject??><p class="bc-strong">${msg(notMe.subject)}</p></#if>
        <dl class="bc-facts">
        <#list notMe.facts as fact>
            <div><dt>${msg(fact.key)}</dt><dd><bdi>${fact.value}</bdi></dd></div>
        </#list>
        </dl>
        <p>${msg("backupCodesNotMeText")} ${msg("backupCodesNotMeFactors")}</p>
        <p>${msg("backupCodesNotMeMayLock")}</p>
        <p>${msg("backupCodesNotMeIfYou")}</p>
        <div class="bc-actions">
            <button type="submit" id="notMe" class="${backup.buttonClass("danger")}">${msg("backupCodesNotMeConfirm")}</button>
            <button type="submit" id="itWasMe" name="itWasMe" value="true" class="${backup.buttonClass("secondary")}">${msg("backupCodesNotMeItWasMe")}</button>
        </div>
        <@backup.help contact=backupCodesHelp!""/>
    </form>
    <#elseif notMe.state == "KEPT">
    <div id="backup-codes-not-me-kept" class="${backup.rootClass()} bc-form">
        <p>${msg("backupCodesNotMeKeptText", notMe.linkEnd)}</p>
    </div>
    <#elseif notMe.done>
    <div id="backup-codes-not-me-done" class="${backup.rootClass()} bc-form">
        <p class="bc-done"><@backup.icon "done"/><span>${msg("backupCodesNotMeDoneText")}</span></p>
        <#if notMe.factorsRemoved><p>${msg("backupCodesNotMeFactorsDone")}</p></#if>
        <#if notMe.locked>
        <p class="bc-strong">${msg("backupCodesNotMeLocked")}</p>
        <#else>
        <p class="bc-strong">${notMe.passwordAsked?then(msg("backupCodesNotMeNewPassword"), msg("backupCodesNotMeAskPassword"))}</p>
        </#if>
        <@signIn/>
        <p>${msg("backupCodesNotMeHelp")}</p>
        <@backup.help contact=backupCodesHelp!""/>
    </div>
    <#else>
    <div id="backup-codes-not-me-over" class="${backup.rootClass()} bc-form">
        <#if notMe.state == "LOCKED">
        <p>${msg("backupCodesNotMeLocked")}</p>
        <#else>
        <p>${msg("backupCodesNotMeOverText")}</p>
        </#if>
        <@signIn/>
        <@backup.help contact=backupCodesHelp!""/>
    </div>
    </#if>
</#if>
</@layout.registrationLayout>
