/*
 * Makes the pages of the backup codes more comfortable. Both pages work without it: the codes can be read, copied and
 * printed by hand, and the server accepts a code in any form. No word stands here: all texts come from the pages.
 */

const page = document.getElementById("backup-codes");
if (page) {
  codesPage(page);
}
document
  .querySelectorAll("input[data-code-length]")
  .forEach((field) => (field.dataset.codeSwitch ? otpOrCodeField(field) : codeField(field)));
document.querySelectorAll("form.bc-sign-in").forEach(sendOnce);
document.querySelectorAll("form[data-again-in]").forEach(sendAgainLater);

/** The page that shows a new set: copy, download, print, and a warning before it is left unsaved. */
function codesPage(page) {
  const form = page.querySelector("#backup-codes-form");
  const saved = form.elements.namedItem("codesSaved");
  const save = page.querySelector("#saveBackupCodes");
  const status = page.querySelector("#backupCodesStatus");
  const codes = Array.from(page.querySelectorAll("[data-backup-code]"), (code) => code.textContent.trim());
  // if the user must enter a code by its number, each code keeps its number
  const list = "numbered" in page.dataset ? codes.map((code, index) => `${index + 1}. ${code}`) : codes;
  const text = [page.dataset.fileHead, "", ...list, ""].join("\n");
  const notSaved = page.querySelector("#input-error-codesSaved");
  let sent = false;

  page.querySelector(".bc-tools").hidden = false;

  page.querySelector("#copyBackupCodes").addEventListener("click", async () => {
    say((await copy(text)) ? page.dataset.copied : page.dataset.notCopied);
  });
  page.querySelector("#downloadBackupCodes").addEventListener("click", () => {
    download(page.dataset.fileName, text);
    say(page.dataset.downloaded);
  });
  page.querySelector("#printBackupCodes").addEventListener("click", () => window.print());

  // the title is the name that a browser proposes when it prints to a file
  const title = document.title;
  window.addEventListener("beforeprint", () => (document.title = page.dataset.fileName.replace(/\.txt$/, "")));
  window.addEventListener("afterprint", () => (document.title = title));

  // there is no checkbox if the user must enter a code; otherwise the page shows the error itself, and the codes stay
  if (saved) {
    form.noValidate = true;
    saved.addEventListener("change", () => {
      if (saved.checked) {
        showNotSaved(false);
      }
    });
  }

  form.addEventListener("submit", (event) => {
    if (saved && !saved.checked && isFinish(event.submitter)) {
      event.preventDefault();
      showNotSaved(true);
      saved.focus();
      return;
    }
    if (sent) {
      event.preventDefault();
    }
    sent = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sent) {
      event.preventDefault();
    }
  });
  // a browser may bring the page back as it was left
  window.addEventListener("pageshow", () => (sent = false));

  /** Whether the form is sent to save the codes; the other buttons leave the page. */
  function isFinish(submitter) {
    return submitter === null || submitter === save;
  }

  /** Shows or hides the error at the checkbox. */
  function showNotSaved(shown) {
    notSaved.hidden = !shown;
    if (shown) {
      saved.setAttribute("aria-invalid", "true");
      saved.setAttribute("aria-describedby", notSaved.id);
    } else {
      saved.removeAttribute("aria-invalid");
      saved.removeAttribute("aria-describedby");
    }
  }

  /** Shows a text that screen readers announce, even if it is the same as before. */
  function say(text) {
    status.textContent = "";
    setTimeout(() => (status.textContent = text), 50);
  }
}

/** Copies a text; false if the browser does not allow it. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For browsers and plain-http pages without the Clipboard API. */
function copyBySelection(text) {
  const area = document.createElement("textarea");
  const focused = document.activeElement;
  area.value = text;
  area.readOnly = true;
  area.className = "bc-spoken";
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    focused?.focus();
  }
}

/** Offers a text as a file, with the line ends that every editor understands. */
function download(name, text) {
  const url = URL.createObjectURL(new Blob([text.replace(/\r?\n/g, "\r\n")], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Counts down until a message may be sent again. The server decides; this only saves a request that would come too early. */
function sendAgainLater(form) {
  const button = form.querySelector("button");
  const text = form.querySelector("p");
  const status = form.querySelector("[role=status]");
  const end = Date.now() + Number(form.dataset.againIn) * 1000;
  sendOnce(form);
  if (Number(form.dataset.againIn) > 0) {
    tick();
  }

  function tick() {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    text.textContent = left > 0 ? form.dataset.againText.replace("{seconds}", String(left)) : "";
    if (left > 0) {
      setTimeout(tick, 1000);
    } else {
      status.textContent = form.dataset.againNow;
    }
  }
}

/** Disables the button, because a second press would be a second attempt. */
function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
    }
    sent = true;
  });
  // a browser may bring the page back as it was left
  window.addEventListener("pageshow", () => (sent = false));
}

/** A field for the code of an authenticator app, which opening the switch turns into one for a backup code, and back. */
function otpOrCodeField(field) {
  const lost = document.getElementById(field.dataset.codeSwitch);
  const label = field.labels[0].querySelector("span");
  const otpLabel = label.textContent;
  const digits = field.dataset.codeDigits === "true";
  const group = codeField(field, () => lost.open);
  const help = "otp-help";

  lost.addEventListener("toggle", () => {
    show();
    field.focus();
  });
  field.addEventListener("input", () => {
    // no app shows letters
    if (!digits && /[a-z]/i.test(field.value)) {
      lost.open = true;
    }
  });
  show();

  function show() {
    label.textContent = lost.open ? field.dataset.codeLabel : otpLabel;
    field.inputMode = lost.open && !digits ? "text" : "numeric";
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== help);
    field.setAttribute("aria-describedby", [...described, ...(lost.open ? [help] : [])].join(" "));
    group();
  }
}

/**
 * A field for one code: shows what is typed as it stands on the list, in groups, and how long it is. Text that cannot become a code
 * stays as it is, because groups in a code of an authenticator app or in a text that is too long would only mislead.
 *
 * @param isOne whether it is one at the moment
 * @returns a function that does so at once
 */
function codeField(field, isOne = () => true) {
  const length = Number(field.dataset.codeLength);
  if (length === 0) {
    return () => {}; // codes of several kinds: only the server can tell how to read one
  }
  const digits = field.dataset.codeDigits === "true";
  const hint = document.getElementById(`${field.id}-hint`);
  const errors = field.closest(".bc-group").querySelectorAll(".bc-error");
  const size = document.getElementById(`${field.id}-length`);
  const symbol = digits ? /^[0-9]$/ : /^[0-9A-HJKMNP-TV-Z]$/;
  const groups = groupSizes(length);

  field.addEventListener("keydown", stepOverDash);
  field.addEventListener("input", (event) => {
    if (!event.isComposing) {
      group();
    }
  });
  field.addEventListener("compositionend", group);
  field.addEventListener("paste", paste);
  group();
  return group;

  function group() {
    if (!isOne()) {
      hint.textContent = "";
      size.textContent = "";
      return;
    }
    const caret = field.selectionStart;
    const symbols = read(field.value);
    const shown = isBeginning(symbols) ? grouped(symbols) : field.value;
    if (field.value !== shown) {
      const before = read(field.value.slice(0, caret)).length;
      field.value = shown;
      if (document.activeElement === field) {
        const position = positionAfter(shown, before);
        field.setSelectionRange(position, position);
      }
    }
    size.textContent = symbols ? `${symbols.length}/${length}` : "";
    size.classList.toggle("bc-too-long", symbols.length > length);
    const mistyped = symbols.length > length || (!digits && symbols.length === length && !checks(symbols));
    const text = mistyped ? hint.dataset.mistyped : "";
    if (field.required) {
      // text that cannot be the code is not sent
      field.setCustomValidity(symbols.length > 0 && (mistyped || symbols.length !== length) ? hint.dataset.mistyped : "");
    }
    if (hint.textContent !== text) {
      hint.textContent = text;
      // the current text counts, not the server's answer about the previous one
      errors.forEach((error) => error.toggleAttribute("hidden", mistyped));
    }
  }

  /** Takes a code out of a line of a list, such as "3. ABCDE-FGHJK-MNPQR" or "[ ] ABCDE…". */
  function paste(event) {
    const text = event.clipboardData?.getData("text") ?? "";
    if (text.length > 200) {
      return; // no line of a list
    }
    const code = text.replace(/^\s*[[(☐□]?\s*[\])]?\s*\d{1,3}\s*[.):]\s+|^\s*(?:[[(]\s*[\])]|[☐□•*])\s*/u, "");
    if (read(text).length !== length && read(code).length === length) {
      event.preventDefault();
      field.setRangeText(code, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** Deletes a dash that this script inserted together with the symbol beside it. */
  function stepOverDash(event) {
    const { selectionStart: start, selectionEnd: end, value } = field;
    if (!isOne() || start !== end || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === "Backspace" && value[start - 1] === "-") {
      field.setSelectionRange(start - 1, start - 1);
    } else if (event.key === "Delete" && value[start] === "-") {
      field.setSelectionRange(start + 1, start + 1);
    }
  }

  /**
   * The symbols in what was typed, in their normal form. Characters that are no symbols stay, so that one sees them:
   * only separators, marks without a shape of their own, quotes around all, and the number on the list before a whole code
   * are left out.
   */
  function read(typed) {
    const plain = typed
      .normalize("NFKC")
      .replace(/\p{Nd}/gu, digitValue)
      .replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, "")
      .replace(/^["'`‚„「」『』\p{Pi}\p{Pf}]+|["'`‚„「」『』\p{Pi}\p{Pf}]+$/gu, "")
      .toUpperCase();
    const code = plain.replace(/^[0-9]{1,2}[.)]["'`‚„「」『』\p{Pi}\p{Pf}]*/u, "");
    const symbols = code.length === length ? code : plain;
    return digits ? symbols : symbols.replaceAll("O", "0").replace(/[IL]/g, "1");
  }

  /** Whether the symbols can be the beginning of a code. Many digits alone are the code of an authenticator app. */
  function isBeginning(symbols) {
    return (
      symbols.length <= length &&
      Array.from(symbols).every((character) => symbol.test(character)) &&
      (digits || symbols.length < 6 || symbols.length > 8 || /[A-Z]/.test(symbols))
    );
  }

  function grouped(symbols) {
    const parts = [];
    let start = 0;
    groups.forEach((size, index) => {
      const end = index === groups.length - 1 ? symbols.length : start + size;
      if (start < symbols.length) {
        parts.push(symbols.slice(start, end));
      }
      start = end;
    });
    return parts.join("-");
  }

  function positionAfter(shown, symbols) {
    let position = 0;
    for (let left = symbols; left > 0 && position < shown.length; position++) {
      if (shown[position] !== "-") {
        left--;
      }
    }
    return position;
  }
}

/** The value of a decimal digit of any script: Unicode has them in tens, from zero on. */
function digitValue(digit) {
  const place = digit.codePointAt(0);
  let first = place;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) {
    first--;
  }
  return (place - first) % 10;
}

/** The sizes of the groups of a code: at most five symbols, as equal as they can be, the longer ones first. */
function groupSizes(length) {
  const count = Math.ceil(length / 5);
  return Array.from({ length: count }, (_, index) => Math.floor(length / count) + (index < length % count ? 1 : 0));
}

/** Whether the last symbol is the check character of the others: the Luhn algorithm modulo 32. */
function checks(symbols) {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let sum = 0;
  for (let i = 0; i < symbols.length; i++) {
    const value = alphabet.indexOf(symbols[symbols.length - 1 - i]);
    if (value < 0) {
      return false;
    }
    const addend = i % 2 === 0 ? value : value * 2;
    sum += Math.floor(addend / 32) + (addend % 32);
  }
  return sum % 32 === 0;
}
