namespace SafetyCampaign.Organizing.SignIn;

/// <summary>The button that signs in by a passkey, where this address has them.</summary>
/// <param name="ReturnUrl">Where to go afterwards, as it was asked for.</param>
public sealed record PasskeyButton(string? ReturnUrl);
