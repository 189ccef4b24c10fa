/** Text, or a key of the words and what stands in its place holders, or several of them in a row. */
export type Said = string | { key: string; values: Said[] } | Said[];

/** As much of a signer in a leaf as a name needs. */
export interface Signed {
  name: string;
  relation?: string | null;
  signature?: string;
}

/** What the signers of a leaf are called, as Campaigns/SignerName says: a guardian who typed no name is called after the child. */
export function namesOf(signers: Signed[]): Said {
  const names = signers.map(nameOf);
  return names.every(name => typeof name === 'string') ? names.join(' · ') : names;
}

function nameOf({ name, relation, signature }: Signed): Said {
  if (signature !== 'handwrittenname')
    return name;
  const child = name === '' ? { key: 'Guardian.Child.Unknown', values: [] }
    : /^\d+$/.test(name) ? { key: 'Guardian.Child.Seat', values: [name] }
    : name;
  return { key: `Guardian.Of.${relation}`, values: [child] };
}
