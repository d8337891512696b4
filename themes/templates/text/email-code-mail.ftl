<#ftl output_format="plainText">
${msg(emailCode.forSignIn?then("emailCodeMailSignIn", "emailCodeMailSetUp"), emailCode.site)}

${emailCode.code}

${msg("emailCodeMailValid", emailCode.site, emailCode.end)}

<#list emailCode.facts as fact>
${msg(fact.key)}: ${fact.value}
</#list>

${msg("emailCodeMailKeep", emailCode.site)}

${msg(emailCode.forSignIn?then("emailCodeMailSignInNotYou", "emailCodeMailSetUpNotYou"))}
