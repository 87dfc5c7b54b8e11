/**
 * Mails to an address, newest first: { id, to, subject, text, received }.
 *
 * @param {{ url: string }} server
 */
export async function mailTo(server, email) {
  const answer = await fetch(`${server.url}/dev/mail?to=${encodeURIComponent(email)}`, {
    headers: { Accept: 'application/json' },
  });
  if (!answer.ok) throw new Error(`the mailbox answers ${answer.status}`);
  return (await answer.json()).items;
}

/**
 * Waits for a mail to an address that fits; mails leave by a job, so seconds may pass.
 *
 * @param {(mail: { subject: string, text: string }) => boolean} fits
 */
export async function waitForMail(server, email, fits = () => true, timeout = 20_000) {
  const until = Date.now() + timeout;
  for (;;) {
    const mails = await mailTo(server, email);
    const found = mails.find(fits);
    if (found) return found;
    if (Date.now() > until) {
      throw new Error(
        `no such mail to ${email}; there are: ${mails.map((mail) => mail.subject).join(' | ') || 'none'}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** The first link in a mail whose address has `part` in it. */
export function linkIn(mail, part = '') {
  const links = mail.text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
  const found = links.find((link) => link.includes(part));
  if (!found) throw new Error(`no link with “${part}” in the mail “${mail.subject}”: ${links.join(' ')}`);
  return found;
}
