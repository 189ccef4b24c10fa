using Microsoft.Extensions.Localization;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>What the base classes of the desk's pages need; a page asks for this and for what only itself needs.</summary>
/// <param name="Db">The store as far as the signed-in account's access scope goes.</param>
/// <param name="Published">What phones and screens see of an event; told of every change.</param>
/// <param name="Localizer">The sentences of the base classes and of <see cref="FormReader"/>.</param>
public sealed record DeskPageDependencies(CampaignDb Db, PublishedEvents Published, IStringLocalizer<DeskText> Localizer);
