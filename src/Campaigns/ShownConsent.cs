namespace SafetyCampaign.Campaigns;

/// <summary>
/// What stood before somebody who consented, so that what was agreed to can be told later (PIPL 28-31; docs/domain.md 6). It
/// holds no name and nothing that is made from one, so it stays when those are erased.
/// </summary>
/// <param name="RulesVersion">The version of the rules on children's data, <see cref="ChildrenRules.Version"/>.</param>
/// <param name="WordingHash">
/// SHA-256 of the sentences of the consents in the language that was read, 32 bytes; null where the signer's page did not say
/// which that was.
/// </param>
public sealed record ShownConsent(int RulesVersion, byte[]? WordingHash);
