<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#-- Shown once after a sign-in with a backup code. The form submits one of:
       continue                 continue the sign-in; not shown if no code works any more, or while a user with a
                                temporary code must set up a second factor
       makeCodes                generate new codes
       setUp=<required action>  set up a new second factor, with removeOld=<credential id>, none or several, for what to remove
                                once the new one is saved -->
<#macro doneLine way>
    <p class="bc-done"><@backup.icon "done"/><span>${msg(way.doneText, msg(way.name))}</span></p>
</#macro>
<#macro offer way kind>
    <form class="bc-way" action="${url.loginAction}" method="post">
        <#list way.old as old>
            <div class="bc-check bc-light">
                <input type="checkbox" id="removeOld-${old.id}" name="removeOld" value="${old.id}" <#if old.marked>checked</#if>>
                <label for="removeOld-${old.id}">${msg(old.text, old.name)}</label>
            </div>
        </#list>
        <button type="submit" id="${way.id}" name="setUp" value="${way.action}" class="${backup.buttonClass(kind)}">${msg(way.text, msg(way.name))}</button>
    </form>
</#macro>
<#-- The second factors that can still be set up; the first is the next step of users who must. -->
<#macro offers>
    <#list backupCodeUsed.ways?filter(way -> !way.done) as way>
        <@offer way=way kind=(backupCodeUsed.setUpRequired && way?is_first)?then("primary", "secondary")/>
    </#list>
</#macro>
<#assign urgent = backupCodeUsed.makingCodesAllowed && (backupCodeUsed.makingCodesRequired || backupCodeUsed.few)>
<@layout.registrationLayout; section>
<#if section = "header">
    ${msg(backupCodeUsed.temporary?then("backupCodeUsedTemporaryTitle", "backupCodeUsedTitle"))}
<#elseif section = "form">
    <@backup.assets/>
    <div id="backup-code-used" class="${backup.rootClass()} bc-form">
        <#if backupCodeUsed.setUpRequired>
            <p class="bc-note"><@backup.icon "warning"/><span>${msg("backupCodeUsedTemporaryKeepOpen")}</span></p>
        <#elseif backupCodeUsed.temporary>
            <p class="bc-strong">${msg("backupCodeUsedTemporaryIntro")}</p>
        <#else>
            <p class="bc-strong" id="backupCodesLeft">${backupCodeUsed.recoveryCode?then(msg("backupCodeUsedOldLeft", backupCodeUsed.remaining?c), msg("backupCodeUsedLeft", backupCodeUsed.remaining?c))}</p>
            <p>${msg("backupCodeUsedIntro")}</p>
        </#if>
        <#if backupCodeUsed.setUpRequired>
            <#-- one step at a time: codes follow once there is a second factor -->
        <#elseif !backupCodeUsed.ownCodes>
            <#if backupCodeUsed.makingCodesAllowed><p>${msg("backupCodeUsedTemporaryCodes")}</p></#if>
        <#elseif backupCodeUsed.expired>
            <p class="bc-note"><@backup.icon "warning"/><span>${msg("backupCodeUsedExpired")}</span></p>
        <#elseif backupCodeUsed.remaining == 0>
            <p class="bc-note"><@backup.icon "warning"/><span>${msg("backupCodeUsedNone")}</span></p>
        <#elseif backupCodeUsed.recoveryCode>
            <p class="bc-note"><@backup.icon "warning"/><span>${msg("backupCodeUsedOld")}</span></p>
        <#elseif backupCodeUsed.few>
            <p class="bc-note"><@backup.icon "warning"/><span>${msg("backupCodeUsedFew")}</span></p>
        </#if>

        <#if backupCodeUsed.ways?has_content>
            <#-- once a factor is set up the question is answered; another kind may still be wanted -->
            <#assign done = backupCodeUsed.ways?filter(way -> way.done)>
            <#assign open = done?size lt backupCodeUsed.ways?size>
            <section class="bc-ways" <#if open>aria-labelledby="backupCodeUsedLost"</#if>>
                <#list done as way><@doneLine way/></#list>
                <#if open><h2 id="backupCodeUsedLost">${msg(backupCodeUsed.setUpRequired?then("backupCodeUsedTemporaryLost", "backupCodeUsedLost"))}</h2></#if>
                <#if backupCodeUsed.setUpRequired>
                    <p>${msg("backupCodeUsedTemporarySetUp")}</p>
                    <@offers/>
                <#elseif open>
                    <#-- the answer “yes” opens what can be set up; “no” is the button that continues -->
                    <details class="bc-lost" id="replaceLost" <#if backupCodeUsed.ways?filter(way -> way.selected && !way.done)?has_content>open</#if>>
                        <summary class="${backup.buttonClass("secondary")}"><span>${msg("backupCodeUsedLostYes")}</span></summary>
                        <div class="bc-ways-open">
                            <#if !done?has_content><p>${msg("backupCodeUsedLostText")}</p></#if>
                            <@offers/>
                        </div>
                    </details>
                </#if>
            </section>
        </#if>
        <#assign asked = backupCodeUsed.ways?filter(way -> !way.done)?has_content>

        <#if !backupCodeUsed.setUpRequired>
        <form id="backup-code-used-form" class="bc-actions" action="${url.loginAction}" method="post">
            <#if urgent>
                <button type="submit" id="makeCodes" name="makeCodes" value="true" class="${backup.buttonClass("primary")}">${msg("backupCodeUsedMakeCodes")}</button>
            </#if>
            <#if !backupCodeUsed.makingCodesRequired>
                <button type="submit" id="continue" name="continue" value="true" class="${backup.buttonClass(urgent?then("secondary", "primary"))}">${msg(asked?then("backupCodeUsedLostNo", "doContinue"))}</button>
            </#if>
            <#if backupCodeUsed.makingCodesAllowed && !urgent>
                <button type="submit" id="makeCodes" name="makeCodes" value="true" class="${backup.buttonClass("secondary")}">${msg("backupCodeUsedMakeCodes")}</button>
            </#if>
        </form>
        </#if>
    </div>
</#if>
</@layout.registrationLayout>
