// What is stored on the device is encrypted by a key derived from the class link's secret. WebCrypto is missing on plain http, which a
// school's own network mostly is; the noble libraries need only random numbers, which are there.
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

const nonceLength = 24;
const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (data: Uint8Array) => [...data].map(b => b.toString(16).padStart(2, '0')).join('');

/** Encrypts for one link. */
export class Cipher {
  private readonly key: Uint8Array;
  /** Identifies the link's entries without revealing the link. */
  readonly link: string;

  constructor(secret: string) {
    this.key = hkdf(sha256, bytes(secret), bytes('safety-campaign relay'), bytes('key'), 32);
    this.link = hex(hkdf(sha256, bytes(secret), bytes('safety-campaign relay'), bytes('name'), 8));
  }

  encrypt(content: unknown): Uint8Array {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceLength));
    const encrypted = xchacha20poly1305(this.key, nonce).encrypt(bytes(JSON.stringify(content)));
    const whole = new Uint8Array(nonceLength + encrypted.length);
    whole.set(nonce);
    whole.set(encrypted, nonceLength);
    return whole;
  }

  /** Null for what was not encrypted by this key, or was changed since. */
  decrypt<T>(whole: Uint8Array): T | null {
    try {
      const plaintext = xchacha20poly1305(this.key, whole.slice(0, nonceLength)).decrypt(whole.slice(nonceLength));
      return JSON.parse(new TextDecoder().decode(plaintext)) as T;
    } catch {
      return null;
    }
  }
}
