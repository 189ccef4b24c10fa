// What waits on the device is encrypted by a key that only the class link's address gives. WebCrypto is missing on plain http, which a
// school's own network mostly is; the noble libraries need nothing of it but random numbers, which are there.
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

const nonceLength = 24;
const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (data: Uint8Array) => [...data].map(b => b.toString(16).padStart(2, '0')).join('');

/** Seals for one link. */
export class Seal {
  private readonly key: Uint8Array;
  /** Tells the link's entries from another link's, and not the link. */
  readonly link: string;

  constructor(secret: string) {
    this.key = hkdf(sha256, bytes(secret), bytes('safety-campaign relay'), bytes('key'), 32);
    this.link = hex(hkdf(sha256, bytes(secret), bytes('safety-campaign relay'), bytes('name'), 8));
  }

  close(content: unknown): Uint8Array {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceLength));
    const sealed = xchacha20poly1305(this.key, nonce).encrypt(bytes(JSON.stringify(content)));
    const whole = new Uint8Array(nonceLength + sealed.length);
    whole.set(nonce);
    whole.set(sealed, nonceLength);
    return whole;
  }

  /** Null for what was not sealed by this key, or was changed since. */
  open<T>(whole: Uint8Array): T | null {
    try {
      const opened = xchacha20poly1305(this.key, whole.slice(0, nonceLength)).decrypt(whole.slice(nonceLength));
      return JSON.parse(new TextDecoder().decode(opened)) as T;
    } catch {
      return null;
    }
  }
}
