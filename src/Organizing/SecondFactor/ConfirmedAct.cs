namespace SafetyCampaign.Organizing.SecondFactor;

/// <summary>Something that the password must confirm; its form stays folded until it is wanted.</summary>
/// <param name="Address">Where the form goes.</param>
/// <param name="Name">What opens it.</param>
/// <param name="Button">What does it.</param>
/// <param name="Id">Of the password's field, each once on the page.</param>
/// <param name="Note">What is said of it; may be empty.</param>
/// <param name="Passkey">Which passkey, in Base64Url; null where it is about none.</param>
public sealed record ConfirmedAct(string Address, string Name, string Button, string Id, string Note = "", string? Passkey = null);
