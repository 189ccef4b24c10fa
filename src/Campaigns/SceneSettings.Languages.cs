namespace SafetyCampaign.Campaigns;

/// <summary>The texts among the settings, in further languages.</summary>
public sealed partial record SceneSettings
{
    /// <summary>It holds a text that an organizer wrote.</summary>
    internal bool HasWords => Speaker != "" || KeySentence != "" || Lines.Any(line => line != "") || Promises.Any(line => line != "")
        || Cards.Any(card => card.SaysSomething);

    /// <summary>These settings with the words of a translation; each that it leaves out stays, and so does each that is empty here.</summary>
    /// <param name="words">Of a <see cref="SceneTranslation"/>.</param>
    internal SceneSettings InWordsOf(SceneSettings words) => !words.HasWords ? this : this with
    {
        Speaker = Translated(Speaker, words.Speaker),
        KeySentence = Translated(KeySentence, words.KeySentence),
        Lines = Translated(Lines, words.Lines),
        Promises = Translated(Promises, words.Promises),
        Cards = [.. Cards.Select(card => words.Cards.FirstOrDefault(translated => translated.Key == card.Key) is { } translated
            ? card with
            {
                Title = Translated(card.Title, translated.Title),
                Points = Translated(card.Points, translated.Points),
                Source = Translated(card.Source, translated.Source),
            }
            : card)],
    };

    /// <summary>The words of a translation without those whose original was written anew: they would say something else.</summary>
    /// <param name="before">What was translated.</param>
    /// <param name="now">What is said instead.</param>
    internal SceneSettings WithoutOutdated(SceneSettings before, SceneSettings now) => this with
    {
        Speaker = before.Speaker == now.Speaker ? Speaker : "",
        KeySentence = before.KeySentence == now.KeySentence ? KeySentence : "",
        Lines = before.Lines.SequenceEqual(now.Lines) ? Lines : [],
        Promises = before.Promises.SequenceEqual(now.Promises) ? Promises : [],
        Cards = [.. Cards.Where(translated => before.Cards.FirstOrDefault(card => card.Key == translated.Key) is { } was
            && now.Cards.FirstOrDefault(card => card.Key == translated.Key) is { } card && card.SaysTheSameAs(was))],
    };

    private static string Translated(string written, string translated) => written == "" || translated == "" ? written : translated;

    /// <summary>Line by line, so that the host's steps are the same in every language.</summary>
    private static IReadOnlyList<string> Translated(IReadOnlyList<string> written, IReadOnlyList<string> translated) =>
        [.. written.Select((line, place) => Translated(line, translated.ElementAtOrDefault(place) ?? ""))];
}
