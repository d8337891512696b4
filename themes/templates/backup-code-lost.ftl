<#import "template.ftl" as layout>
<#import "backup-codes-commons.ftl" as backup>
<#-- For users who have neither their second factor nor a backup code. To go back they use the theme's own "Try another way". -->
<@layout.registrationLayout; section>
<#if section = "header">
    ${msg("backupCodeLostTitle")}
<#elseif section = "form">
    <@backup.assets/>
    <div id="backup-code-lost" class="${backup.rootClass()} bc-form">
        <p>${msg("backupCodeLostText")}</p>
        <#if backupCodeLostContact?has_content>
            <#-- isolated, because a telephone number is read from left to right in every language -->
            <p id="backupCodeLostContact" class="bc-strong">${msg("backupCodeLostContact", "\x2068" + backupCodeLostContact + "\x2069")}</p>
        </#if>
    </div>
</#if>
</@layout.registrationLayout>
