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
<td style="padding: 0.2em 0; vertical-align: top"><bdi>${fact.value}</bdi></td>
</tr>
</#list>
</table>
</#if>
<#list notice.after as text>
<p>${msg(text.key, notice.site, text.value)}</p>
</#list>
<#if notice.link??>
<p>${msg("backupCodesMailNotMe")} ${msg("backupCodesNotMeFactors")}</p>
<p><a href="${notice.link}" style="font-weight: bold">${msg("backupCodesMailNotMeLink")}</a></p>
<p>${msg("backupCodesMailNotMeTime", notice.linkEnd)}</p>
</#if>
</@layout.emailLayout>
