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
        <@backup.help backupCodesHelp/>
    </div>
</#if>
</@layout.registrationLayout>
