type Json = Record<string, unknown>;

/** Whether this browser knows passkeys here: only on https and on localhost. */
export const passkeysWork = typeof PublicKeyCredential !== 'undefined';

/** Thrown when the person closed the browser's question, or no passkey fits. */
export class PasskeyCancelled extends Error {}

/** Asks the authenticator for a new passkey; gives its answer in WebAuthn's JSON form. */
export async function makePasskey(options: Json): Promise<Json> {
  const user = options.user as Json;
  const excluded = (options.excludeCredentials ?? []) as Json[];
  const made = await asked(
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...user, id: bytes(user.id) },
        excludeCredentials: excluded.map((each) => ({ ...each, id: bytes(each.id) })),
      } as unknown as PublicKeyCredentialCreationOptions,
    }),
  );
  const answer = made.response as AuthenticatorAttestationResponse;
  return {
    ...basics(made),
    response: {
      clientDataJSON: text(answer.clientDataJSON),
      attestationObject: text(answer.attestationObject),
      transports: answer.getTransports?.() ?? [],
    },
  };
}

/** Asks for one of the person's passkeys of this site. */
export async function usePasskeyOf(options: Json): Promise<Json> {
  const used = await asked(
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
      } as unknown as PublicKeyCredentialRequestOptions,
    }),
  );
  const answer = used.response as AuthenticatorAssertionResponse;
  return {
    ...basics(used),
    response: {
      clientDataJSON: text(answer.clientDataJSON),
      authenticatorData: text(answer.authenticatorData),
      signature: text(answer.signature),
      userHandle: answer.userHandle ? text(answer.userHandle) : undefined,
    },
  };
}

async function asked(question: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = await question.catch(() => null);
  if (!credential) throw new PasskeyCancelled();
  return credential as PublicKeyCredential;
}

const basics = (credential: PublicKeyCredential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  clientExtensionResults: credential.getClientExtensionResults(),
});

function bytes(value: unknown): Uint8Array<ArrayBuffer> {
  const plain = atob(String(value).replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
}

function text(value: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(value));
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
