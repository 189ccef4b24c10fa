// A form that a passkey answers: asks the server what is to be signed, lets the browser sign it, and sends the form with it.
// Bytes travel as Base64Url in JSON (WebAuthn 5.1.8); browsers' own methods for that are too new to rely on.

interface Descriptor { type: 'public-key'; id: string; transports?: AuthenticatorTransport[] }

interface CreationOptions extends Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> {
  challenge: string;
  user: Omit<PublicKeyCredentialUserEntity, 'id'> & { id: string };
  excludeCredentials?: Descriptor[];
}

interface RequestOptions extends Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> {
  challenge: string;
  allowCredentials?: Descriptor[];
}

/** Shows the form that lies in the page's template, where the browser knows passkeys. */
export function offer(use: (options: unknown) => Promise<unknown>): void {
  const template = document.querySelector<HTMLTemplateElement>('template[data-passkey]');
  if (!template || !('PublicKeyCredential' in window) || !isSecureContext)
    return;
  template.replaceWith(template.content);
  document.querySelector('[data-passkey-unsupported]')?.remove();
  const form = document.querySelector<HTMLFormElement>('form[data-options]')!;
  form.addEventListener('submit', event => {
    event.preventDefault();
    void answer(form, use);
  });
}

export async function create(options: unknown): Promise<unknown> {
  const asked = options as CreationOptions;
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: decode(asked.challenge),
      user: { ...asked.user, id: decode(asked.user.id) },
      excludeCredentials: descriptors(asked.excludeCredentials),
    },
  }) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...common(made),
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      attestationObject: encode(response.attestationObject),
      // Not in Firefox before 119.
      transports: response.getTransports?.() ?? [],
    },
  };
}

export async function get(options: unknown): Promise<unknown> {
  const asked = options as RequestOptions;
  const signed = await navigator.credentials.get({
    publicKey: { ...asked, challenge: decode(asked.challenge), allowCredentials: descriptors(asked.allowCredentials) },
  }) as PublicKeyCredential;
  const response = signed.response as AuthenticatorAssertionResponse;
  return {
    ...common(signed),
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      authenticatorData: encode(response.authenticatorData),
      signature: encode(response.signature),
      userHandle: response.userHandle && encode(response.userHandle),
    },
  };
}

async function answer(form: HTMLFormElement, use: (options: unknown) => Promise<unknown>): Promise<void> {
  const error = form.querySelector<HTMLElement>('[data-error]')!;
  const button = form.querySelector('button')!;
  error.hidden = true;
  button.disabled = true; // a second press would ask for another challenge
  try {
    const asked = await fetch(form.dataset.options!, { method: 'POST', body: new FormData(form) });
    const options = await asked.json() as { error?: string };
    if (!asked.ok)
      throw new Refused(options.error);
    form.querySelector<HTMLInputElement>('[name=credential]')!.value = JSON.stringify(await use(options));
    form.submit();
  } catch (failure) {
    error.textContent = (failure instanceof Refused && failure.message) || error.dataset.failed!;
    error.hidden = false;
    button.disabled = false;
  }
}

/** Why the server does not ask for a passkey, in the reader's language. */
class Refused extends Error {}

function common(credential: PublicKeyCredential): object {
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function descriptors(of: Descriptor[] | undefined): PublicKeyCredentialDescriptor[] {
  return (of ?? []).map(known => ({ ...known, id: decode(known.id) }));
}

function encode(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, letter => letter.charCodeAt(0));
}
