using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>A language in which the program speaks.</summary>
/// <param name="Tag">BCP 47, as in <c>lang</c> attributes, <c>?lang=</c> and Accept-Language.</param>
/// <param name="Name">In the language itself, for the link that leads to it.</param>
/// <param name="Direction">Of the pages.</param>
public sealed record InterfaceLanguage(string Tag, string Name, TextDirection Direction = TextDirection.LeftToRight)
{
    /// <summary>By which resources, dates and numbers are chosen.</summary>
    public CultureInfo Culture { get; } = CultureInfo.GetCultureInfo(Tag);

    /// <summary>The value of a page's <c>dir</c> attribute.</summary>
    public string Dir => Direction.Dir();
}

/// <summary>
/// The languages of the program: of its pages, its answers and what a new event begins with. The list stands here and
/// nowhere else. A further language is a line in <see cref="OfTheProduct"/> and a resource file (<c>…Text.tag.resx</c>)
/// beside each that there is; where a word is missing, the first language stands in.
/// </summary>
public sealed class InterfaceLanguages(IReadOnlyList<InterfaceLanguage> all)
{
    /// <summary>The first is the default, in which pledge texts are written; the resources without a tag are in it.</summary>
    public static IReadOnlyList<InterfaceLanguage> OfTheProduct { get; } =
    [
        new("zh-CN", "中文"),
        new("en", "English"),
    ];

    /// <summary>The language of pledge texts, of messages that go to many readers at once, and wherever nobody has asked for one.</summary>
    public static InterfaceLanguage Default => OfTheProduct[0];

    /// <summary>All of them, the default first.</summary>
    public IReadOnlyList<InterfaceLanguage> All => all;

    /// <summary>The one of the request that is being answered.</summary>
    public InterfaceLanguage Current => Of(CultureInfo.CurrentUICulture);

    /// <summary>The others that a reader may choose.</summary>
    public IEnumerable<InterfaceLanguage> Others => all.Where(language => language != Current);

    /// <summary>
    /// In which a translation of what an organizer has written is offered: all languages but its own, as far as its letters tell it
    /// (Chinese ones the default; any other the first further language), and those in which there is one already.
    /// </summary>
    /// <param name="written">What is to be translated.</param>
    /// <param name="known">The translations that there are.</param>
    public IEnumerable<InterfaceLanguage> OfferedFor(string written, IEnumerable<ITranslation> known)
    {
        var own = TextLanguage.Of(written) is null && all.Count > 1 ? all[1] : all[0];
        return all.Where(language => language != own || known.Any(translation => translation.Language == language.Tag));
    }

    /// <summary>What a form of ours can have sent: no language twice, and none that the program does not know.</summary>
    /// <param name="typed">Translations as they were sent.</param>
    /// <param name="tagOf">The language that each says it is in.</param>
    public IEnumerable<T> OneOfEach<T>(IEnumerable<T> typed, Func<T, string?> tagOf) =>
        typed.Where(one => all.Any(language => language.Tag == tagOf(one))).DistinctBy(tagOf);

    /// <summary>The language of a culture or of one of its parents (<c>en-GB</c>: <c>en</c>); else the default.</summary>
    public InterfaceLanguage Of(CultureInfo culture)
    {
        for (var asked = culture; asked.Name.Length > 0; asked = asked.Parent)
            foreach (var language in all)
                if (string.Equals(language.Tag, asked.Name, StringComparison.OrdinalIgnoreCase))
                    return language;
        return all[0];
    }
}
