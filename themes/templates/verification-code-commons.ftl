<#import "backup-codes-commons.ftl" as backup>
<#-- The macros that pages for codes that were sent share, see VerificationCodeBean. The forms submit one of:
       <field>  the code
       resend   send it again; the server decides whether it is time -->

<#-- What was sent, the field, and the button that sends again. submit: the label of the button that enters the code -->
<#macro entry submit>
    <#if verificationCode.problem??>
        <p class="bc-note" role="alert"><@backup.icon "warning"/><span>${msg(verificationCode.problem, verificationCode.problemValue)}</span></p>
    <#elseif verificationCode.entry>
        <p id="verificationCodeSent">${msg(verificationCode.sent, verificationCode.digits?c, verificationCode.destination, verificationCode.minutes?c)}</p>
    </#if>
    <#if verificationCode.answer??>
        <p id="verificationCodeAnswer" class="bc-strong" role="status">${msg(verificationCode.answer)}</p>
    </#if>
    <#if verificationCode.entry>
        <form id="kc-verification-code-form" class="bc-sign-in ${properties.kcFormClass!}" action="${url.loginAction}" method="post" autocomplete="off">
            <@field/>
            <div class="${properties.kcFormGroupClass!} bc-group">
                <div id="kc-form-buttons" class="${properties.kcFormButtonsClass!} bc-actions">
                    <button type="submit" id="kc-login" name="login" value="true" class="${backup.buttonClass("primary")}">${submit}</button>
                </div>
            </div>
        </form>
    <#elseif verificationCode.problem?? && !verificationCode.againOffered && auth?? && auth.showTryAnotherWayLink()>
        <form class="bc-actions bc-another-way" action="${url.loginAction}" method="post">
            <button type="submit" name="tryAnotherWay" value="on" class="${backup.buttonClass("primary")}" autofocus>${msg("doTryAnotherWay")}</button>
        </form>
    </#if>
    <@again/>
</#macro>

<#macro field>
    <#local name = verificationCode.field>
    <#local invalid = messagesPerField.existsError(name)>
    <div class="${properties.kcFormGroupClass!} bc-group bc-code-group">
        <div class="${properties.kcLabelWrapperClass!} bc-label">
            <label for="${name}" class="${properties.kcFormLabelClass!(properties.kcLabelClass!)}"><span class="${properties.kcFormLabelTextClass!}">${msg("verificationCodeLabel")}</span></label>
        </div>
        <div class="${properties.kcInputWrapperClass!}">
            <#if backup.wrapsFields><span class="${properties.kcInputClass!} ${invalid?then(properties.kcError!, '')}"></#if>
            <input type="text" id="${name}" name="${name}" class="bc-field ${backup.wrapsFields?then('', properties.kcInputClass!)}"
                   dir="ltr" autocomplete="one-time-code" autocapitalize="off" autocorrect="off" spellcheck="false"
                   inputmode="numeric" autofocus
                   aria-describedby="<#if invalid>input-error-${name} </#if>${name}-help"
                   <#if invalid>aria-invalid="true"</#if>>
            <#if backup.wrapsFields></span></#if>
            <@backup.fieldError name/>
            <p class="bc-help" id="${name}-help">${msg(verificationCode.help)}</p>
        </div>
    </div>
</#macro>

<#-- Without script the button is there at once, and the server says when it is too early. -->
<#macro again>
    <#if verificationCode.againOffered>
        <form id="verification-code-again" class="bc-again" action="${url.loginAction}" method="post" data-again-in="${verificationCode.againIn?c}" data-again-text="${msg("verificationCodeAgainIn", "{seconds}")}" data-again-now="${msg("verificationCodeAgainNow")}">
            <div class="bc-actions">
                <button type="submit" id="resend" name="resend" value="true" class="${backup.buttonClass(verificationCode.entry?then("secondary", "primary"))}" aria-describedby="verificationCodeAgainIn">${msg(verificationCode.againLabel)}</button>
            </div>
            <p class="bc-help" id="verificationCodeAgainIn"><#if (verificationCode.againIn > 0)>${msg("verificationCodeAgainIn", verificationCode.againIn?c)}</#if></p>
            <p class="bc-spoken" id="verificationCodeAgainStatus" role="status"></p>
        </form>
    </#if>
</#macro>
