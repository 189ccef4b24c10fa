/** Text, or a key of the words with the values of its placeholders, or a list of them. */
export type Message = string | { key: string; values: Message[] } | Message[];

/** What a name needs of a signer in a leaf. */
export interface LeafSigner {
  name: string;
  relation?: string | null;
  signature?: string;
}

/** What the signers of a leaf are called, as Campaigns/SignerName says: a guardian who typed no name is called after the child. */
export function namesOf(signers: LeafSigner[]): Message {
  const names = signers.map(nameOf);
  return names.every(name => typeof name === 'string') ? names.join(' · ') : names;
}

function nameOf({ name, relation, signature }: LeafSigner): Message {
  if (signature !== 'handwrittenname')
    return name;
  const child = name === '' ? { key: 'Guardian.Child.Unknown', values: [] }
    : /^\d+$/.test(name) ? { key: 'Guardian.Child.Seat', values: [name] }
    : name;
  return { key: `Guardian.Of.${relation}`, values: [child] };
}
