namespace SafetyCampaign.Display;

/// <summary>The words of the scenes that are told, not signed: welcome, speech, lecture, oath, thanks. What they say of rescue rests on docs/domain.md 5.</summary>
public sealed class RoomsText;
