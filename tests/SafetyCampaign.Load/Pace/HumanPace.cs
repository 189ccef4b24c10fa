namespace SafetyCampaign.Load.Pace;

/// <summary>
/// How fast people are. K and M are those of the keystroke-level model (Card, Moran and Newell, "The keystroke-level model for user
/// performance time with interactive systems", Communications of the ACM 23(7), 1980, doi 10.1145/358886.358895); the others are
/// assumptions, chosen so that a real class or teacher is hardly slower.
/// </summary>
internal static class HumanPace
{
    /// <summary>K, a key by an average typist; a good one needs 0.20 s.</summary>
    public static readonly TimeSpan Key = TimeSpan.FromSeconds(0.28);

    /// <summary>M, to take in what stands there and decide what to do.</summary>
    public static readonly TimeSpan Mental = TimeSpan.FromSeconds(1.35);

    /// <summary>To move a finger or thumb to a key on the glass and tap it. Assumed; the model's P for a mouse is 1.1 s.</summary>
    public static readonly TimeSpan Tap = TimeSpan.FromSeconds(0.7);

    /// <summary>A look at the picture of a row that is clear: something stands in both boxes, in one, in none. Assumed.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);

    /// <summary>To type a name of three characters by its sounds: four letters and a choice for each.</summary>
    public static readonly TimeSpan TypedName = Mental + 15 * Key;

    /// <summary>The finger lies on the glass for so long when it taps.</summary>
    public static readonly TimeSpan Touch = TimeSpan.FromSeconds(0.06);

    /// <summary>
    /// From one pupil to the next, who stands in line already and steps up to the device: 1.5 to 2.5 s. Assumed.
    /// </summary>
    public static TimeSpan HandOver(Random random) => TimeSpan.FromSeconds(1.5 + random.NextDouble());

    /// <summary>
    /// A character of the pupil's own name, by finger: 1.35 to 2.35 s, each pupil at its own speed. Assumed: of handwriting speed in
    /// Chinese there are norms for copying a text alone (Tseng and Hsueh, Occupational Therapy International 4(4), 1997, grades 2 to 6,
    /// growing most from grade 2 to 4), in which looking at the text is included; one's own name is what a child writes most, from
    /// memory, and on glass strokes are faster than on paper (Gerth et al., Frontiers in Psychology 7, 2016). The youngest are slower:
    /// how long they may take within the seven minutes is therefore a figure of its own.
    /// </summary>
    public static TimeSpan Character(Random random) => TimeSpan.FromSeconds(1.35 + random.NextDouble());
}
