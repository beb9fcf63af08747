// Sharing the address of what is seen.

import { hide, notify } from './notices.js';
import { t } from './i18n.js';
import { say } from './live.js';

const SHOWN = 4000; // milliseconds

async function copy(url) {
  try {
    await navigator.clipboard.writeText(url);
    return true;
  } catch {
    return false;
  }
}

/** Offers the device's own sharing, else copies the address. */
export async function share(title) {
  const url = location.href;
  if (navigator.share) {
    try {
      await navigator.share({ title: title ?? document.title, url });
      return;
    } catch (error) {
      if (error.name === 'AbortError') return;
    }
  }
  const key = (await copy(url)) ? 'share.copied' : 'share.failed';
  notify('share', { text: () => t(key, { url }), closes: true });
  say(t(key, { url }));
  if (key === 'share.copied') setTimeout(() => hide('share'), SHOWN);
}
