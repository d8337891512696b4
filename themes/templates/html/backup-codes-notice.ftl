<#import "template.ftl" as layout>
<#-- All mails about backup codes, see NotificationMailBean: notice.kind distinguishes them. In a message {0} is the site.
     Styles are inline, because mail programs support nothing else. -->
<@layout.emailLayout>
<#list notice.before as text>
<p>${msg(text.key, notice.site, text.value)}</p>
</#list>
<#if notice.facts?has_content>
<table style="border-collapse: collapse; margin: 1em 0">
<#list notice.facts as fact>
<tr>
<td style="padding: 0.2em ${ltr?then("1em", "0")} 0.2em ${ltr?then("0", "1em")}; vertical-align: top; color: #555555">${msg(fact.key)}</td>
<td style="padding: 0.2em 0; vertical-align: top; overflow-wrap: anywhere"><bdi>${fact.value}</bdi></td>
</tr>
</#list>
</table>
</#if>
<#list notice.after as text>
<p>${msg(text.key, notice.site, text.value)}</p>
</#list>
<#if notice.link??>
<p>${msg("backupCodesMailNotMe")} ${msg("backupCodesNotMeFactors")}</p>
<p><a href="${notice.link}" style="display: inline-block; padding: 0.6em 1.2em; border-radius: 0.3em; background-color: #b1380b; color: #ffffff; font-weight: bold; text-decoration: none">${msg("backupCodesMailNotMeLink")}</a></p>
<p>${msg("backupCodesMailNotMeTime", notice.linkEnd)} ${msg("backupCodesMailNotMePassword")}</p>
<p>${msg("backupCodesMailWithoutLink", notice.site)}</p>
</#if>
<#if notice.help??>
<p>${msg("backupCodesHelpContact")} <#if notice.help.link??><a href="${notice.help.link}"><bdi>${notice.help.getText()}</bdi></a><#else><bdi><b>${notice.help.getText()}</b></bdi></#if></p>
<#else>
<p>${msg("backupCodesHelp")}</p>
</#if>
</@layout.emailLayout>
