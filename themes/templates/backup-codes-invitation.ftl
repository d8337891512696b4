<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#-- Shown at a sign-in with the second factor, to users who have no usable backup codes, or soon will have none.
     The form submits one of:
       makeCodes  generate codes
       notNow     postpone it; not shown if the realm requires codes -->
<#assign invitation = backupCodesInvitation>
<@layout.registrationLayout; section>
<#if section = "header">
    ${msg(invitation.title)}
<#elseif section = "form">
    <@backup.assets/>
    <form id="backup-codes-invitation" class="${backup.rootClass()} bc-form" action="${url.loginAction}" method="post">
        <#if invitation.first>
            <p class="bc-strong" id="backupCodesReason">${msg(invitation.reason)}</p>
        <#else>
            <p class="bc-note"><@backup.icon "warning"/><span id="backupCodesReason">${msg(invitation.reason, invitation.detail)}</span></p>
        </#if>
        <p>${msg("backupCodesIntro")}</p>
        <div class="bc-actions">
            <button type="submit" id="makeCodes" name="makeCodes" value="true" class="${backup.buttonClass("primary")}">${msg(invitation.title)}</button>
            <#if invitation.skippable>
                <button type="submit" id="notNow" name="notNow" value="true" class="${backup.buttonClass("secondary")}">${msg("backupCodesNotNow")}</button>
            </#if>
        </div>
    </form>
</#if>
</@layout.registrationLayout>
