<#ftl output_format="plainText">
<#list notice.before as text>
${msg(text.key, notice.site, text.value)}
</#list>
<#if notice.facts?has_content>

<#list notice.facts as fact>
${msg(fact.key)}: ${fact.value}
</#list>
</#if>
<#list notice.after as text>

${msg(text.key, notice.site, text.value)}
</#list>
<#if notice.link??>

${msg("backupCodesMailNotMe")} ${msg("backupCodesNotMeFactors")}

${msg("backupCodesMailNotMeLink")}:
${notice.link}

${msg("backupCodesMailNotMeTime", notice.linkEnd)} ${msg("backupCodesMailNotMePassword")}

${msg("backupCodesMailWithoutLink", notice.site)}
</#if>

<#if notice.help??>
${msg("backupCodesHelpContact")} ${notice.help.getText()}
<#else>
${msg("backupCodesHelp")}
</#if>
