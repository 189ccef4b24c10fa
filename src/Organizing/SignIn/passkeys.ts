// A form with a passkey: fetches the options from the server, gets a credential from the browser, and sends the form with it. Bytes travel
// as Base64Url in JSON (WebAuthn 5.1.8); browsers' own methods for that are too new to rely on.

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

/** Shows the form in the page's template, where the browser knows passkeys. */
export function initPasskeyForm(use: (options: unknown) => Promise<unknown>): void {
  const template = document.querySelector<HTMLTemplateElement>('template[data-passkey]');
  if (!template || !('PublicKeyCredential' in window) || !isSecureContext)
    return;
  template.replaceWith(template.content);
  document.querySelector('[data-passkey-unsupported]')?.remove();
  const form = document.querySelector<HTMLFormElement>('form[data-options]')!;
  form.addEventListener('submit', event => {
    event.preventDefault();
    void submitWithPasskey(form, use);
  });
}

export async function createPasskey(options: unknown): Promise<unknown> {
  const serverOptions = options as CreationOptions;
  const credential = await navigator.credentials.create({
    publicKey: {
      ...serverOptions,
      challenge: decode(serverOptions.challenge),
      user: { ...serverOptions.user, id: decode(serverOptions.user.id) },
      excludeCredentials: descriptors(serverOptions.excludeCredentials),
    },
  }) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    ...credentialToJson(credential),
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      attestationObject: encode(response.attestationObject),
      // Not in Firefox before 119.
      transports: response.getTransports?.() ?? [],
    },
  };
}

export async function getPasskey(options: unknown): Promise<unknown> {
  const serverOptions = options as RequestOptions;
  const credential = await navigator.credentials.get({
    publicKey: { ...serverOptions, challenge: decode(serverOptions.challenge), allowCredentials: descriptors(serverOptions.allowCredentials) },
  }) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    ...credentialToJson(credential),
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      authenticatorData: encode(response.authenticatorData),
      signature: encode(response.signature),
      userHandle: response.userHandle && encode(response.userHandle),
    },
  };
}

async function submitWithPasskey(form: HTMLFormElement, use: (options: unknown) => Promise<unknown>): Promise<void> {
  const error = form.querySelector<HTMLElement>('[data-error]')!;
  const button = form.querySelector('button')!;
  error.hidden = true;
  button.disabled = true; // a second press would fetch another challenge
  try {
    const response = await fetch(form.dataset.options!, { method: 'POST', body: new FormData(form) });
    const options = await response.json() as { error?: string };
    if (!response.ok)
      throw new Refused(options.error);
    form.querySelector<HTMLInputElement>('[name=credential]')!.value = JSON.stringify(await use(options));
    form.submit();
  } catch (failure) {
    error.textContent = (failure instanceof Refused && failure.message) || error.dataset.failed!;
    error.hidden = false;
    button.disabled = false;
  }
}

/** Why the server refuses, in the reader's language. */
class Refused extends Error {}

function credentialToJson(credential: PublicKeyCredential): object {
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function descriptors(credentials: Descriptor[] | undefined): PublicKeyCredentialDescriptor[] {
  return (credentials ?? []).map(credential => ({ ...credential, id: decode(credential.id) }));
}

function encode(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, letter => letter.charCodeAt(0));
}
