<#import "template.ftl" as layout>
<#-- A mail with a code, see EmailCodeMailBean. In a message {0} is the site. Styles are inline, because mail programs support nothing
     else. -->
<@layout.emailLayout>
<p>${msg(emailCode.forSignIn?then("emailCodeMailSignIn", "emailCodeMailSetUp"), emailCode.site)}</p>
<p style="font-size: 2em; font-weight: bold; letter-spacing: 0.15em; direction: ltr; unicode-bidi: isolate">${emailCode.code}</p>
<p>${msg("emailCodeMailValid", emailCode.site, emailCode.end)}</p>
<table style="border-collapse: collapse; margin: 1em 0">
<#list emailCode.facts as fact>
<tr>
<td style="padding: 0.2em ${ltr?then("1em", "0")} 0.2em ${ltr?then("0", "1em")}; vertical-align: top; color: #555555">${msg(fact.key)}</td>
<td style="padding: 0.2em 0; vertical-align: top; overflow-wrap: anywhere"><bdi>${fact.value}</bdi></td>
</tr>
</#list>
</table>
<p>${msg("emailCodeMailKeep", emailCode.site)}</p>
<p>${msg(emailCode.forSignIn?then("emailCodeMailSignInNotYou", "emailCodeMailSetUpNotYou"))}</p>
</@layout.emailLayout>
