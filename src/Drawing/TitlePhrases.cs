namespace SafetyCampaign.Drawing;

/// <summary>
/// Where the title of an event may break. Chinese is written without spaces and nothing here knows its words but for those that titles
/// of such events are made of; between two that are not among them no line ends.
/// </summary>
internal static class TitlePhrases
{
    /// <summary>A phrase may begin before each and end after it.</summary>
    private static readonly string[] Words =
    [
        "暑期", "暑假", "寒假", "假期", "夏季", "春季", "秋季", "防溺水", "预防溺水", "溺水", "安全教育", "安全", "教育", "宣传", "主题", "珍爱生命",
        "生命", "承诺", "签名", "签字", "家长", "学生", "校园", "中小学生", "未成年人", "进校园", "进社区", "启动", "专题", "知识", "应急", "救护", "急救",
        "演练", "演习", "全国", "全区", "全市", "全县", "全校",
    ];

    /// <summary>They end a phrase and belong to what stands before them.</summary>
    private static readonly string[] Endings =
    [
        "社区", "街道", "小学", "中学", "学校", "学区", "幼儿园", "活动", "仪式", "讲座", "班会", "大会", "行动", "宣传周", "宣传月", "宣传日", "委员会", "工作",
        "年", "月", "日", "届", "季", "周", "的", "村", "镇", "区", "市", "县",
    ];

    private const string Opening = "“‘（《〈「『【(";
    private const string Closing = "”’）》〉」』】)";

    /// <summary>What is longer, marks included, may break within.</summary>
    private const int MaxQuotation = 12;

    private const string Spaces = " \u3000·-—|｜";

    /// <summary>What stays together on a line, with the space after it.</summary>
    public static IEnumerable<string> Of(string title) => Split(title, MayBreak);

    /// <summary>The same, where a line may end anywhere but before a mark.</summary>
    public static IEnumerable<string> Letters(string title) => Split(title, (letters, at, _) => !IsJoined(letters[at - 1], letters[at]));

    private static IEnumerable<string> Split(string title, Func<IReadOnlyList<string>, int, bool[]?, bool> mayBreak)
    {
        var letters = Graphemes.Of(title);
        var inside = InsideWords(letters);
        var from = 0;
        for (var at = 1; at <= letters.Count; at++)
            if (at == letters.Count || mayBreak(letters, at, inside))
            {
                yield return string.Concat(letters.Skip(from).Take(at - from));
                from = at;
            }
    }

    private static bool MayBreak(IReadOnlyList<string> letters, int at, bool[]? inside)
    {
        var (before, after) = (letters[at - 1], letters[at]);
        if (IsJoined(before, after) || inside![at])
            return false;
        if (Spaces.Contains(before[0]) || Paragraph.MayNotBegin(before) || Opening.Contains(after[0]))
            return true;
        return !Begins(letters, at, Endings) && (Begins(letters, at, Words) || Ends(letters, at, Words) || Ends(letters, at, Endings));
    }

    /// <summary>Letters of one Latin word or number, a mark and what it belongs to.</summary>
    private static bool IsJoined(string before, string after) =>
        Paragraph.MayNotBegin(after) || Spaces.Contains(after[0]) || Opening.Contains(before[0])
        || (before[0] < '\u2E80' && after[0] < '\u2E80' && !Spaces.Contains(before[0]));

    private static bool[] InsideWords(List<string> letters)
    {
        var inside = new bool[letters.Count + 1];
        for (var at = 0; at < letters.Count; at++)
            foreach (var word in Words.Concat(Endings))
                if (StandsAt(letters, at, word))
                    for (var i = 1; i < word.Length; i++)
                        inside[at + i] = true;
        for (var at = 0; at < letters.Count; at++)
            if (Opening.Contains(letters[at][0]) && Closes(letters, at) is var end && end > at)
                for (var i = at + 1; i <= end; i++)
                    inside[i] = true;
        return inside;
    }

    /// <summary>Where a short quotation ends that begins here; -1 of a long one, or of none.</summary>
    private static int Closes(List<string> letters, int at) => letters.FindIndex(
        at, Math.Min(MaxQuotation, letters.Count - at), letter => Closing.Contains(letter[0]));

    private static bool Begins(IReadOnlyList<string> letters, int at, string[] words) =>
        Array.Exists(words, word => StandsAt(letters, at, word));

    private static bool Ends(IReadOnlyList<string> letters, int at, string[] words) =>
        Array.Exists(words, word => StandsAt(letters, at - word.Length, word));

    /// <summary>The words are of characters of one UTF-16 unit each.</summary>
    private static bool StandsAt(IReadOnlyList<string> letters, int at, string word)
    {
        if (at < 0 || at + word.Length > letters.Count)
            return false;
        for (var i = 0; i < word.Length; i++)
            if (letters[at + i].Length != 1 || letters[at + i][0] != word[i])
                return false;
        return true;
    }
}
