namespace SafetyCampaign.Display;

/// <summary>The words of the scenes that are told, not signed: welcome, speech, lecture, oath, thanks. What they say of rescue rests on domain-facts 5.</summary>
public sealed class RoomsText;
