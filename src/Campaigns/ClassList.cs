using System.Globalization;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Campaigns;

/// <summary>A class that a pasted list names.</summary>
/// <param name="Line">The line of the list, from 1.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Pupils">How many it has; null where the list does not say.</param>
public sealed record ListedClass(int Line, ClassName Name, int? Pupils);

/// <summary>A part of a pasted list that was not understood.</summary>
/// <param name="Line">The line of the list, from 1.</param>
/// <param name="Text">As it was pasted.</param>
/// <param name="Why">What was not understood.</param>
public sealed record ListDoubt(int Line, string Text, ClassDoubt Why);

/// <summary>
/// A list of classes as somebody pastes it: 七1 48, 七2 50, one a line or separated by commas, 、 or tabs, each a class and, as one
/// likes, its size (七（1）班 48人); or counts per grade (七年级 12个班, 每班45人). A heading (年级 班级 人数) is passed over.
/// </summary>
/// <param name="Classes">What was understood, in the order of the list; each class once.</param>
/// <param name="Doubts">The rest, in the order of the list.</param>
public sealed partial record ClassList(IReadOnlyList<ListedClass> Classes, IReadOnlyList<ListDoubt> Doubts)
{
    /// <summary>Longest list, in UTF-16 units: a thousand classes with their sizes.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Reads a list.</summary>
    public static ClassList Read(string text)
    {
        var reader = new LineReader();
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
            reader.Read(index + 1, line);
        return new ClassList(reader.Classes, reader.Doubts);
    }

    [GeneratedRegex(@"[,，、;；\t]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(?:年级|班级|班|班号|班级名称|人数|学生数|学生人数|班级人数|序号|备注|classes?|grade|pupils|size)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<size>\d{1,5})\s?(?:人|名|位|pupils)?$")]
    private static partial Regex Size();

    [GeneratedRegex(@"^(?<name>.+?)(?:[ :]\s?|(?<=[班)]))\(?(?<size>\d{1,5})\s?(?:人|名|位|pupils)?\)?$")]
    private static partial Regex NameAndSize();

    [GeneratedRegex(@"^(?<name>.+?)\s?:?\s?共?(?<count>\d{1,4}|[一二三四五六七八九十百]{1,4})\s?个(?:教学)?班?(?:\s?每班\s?(?<size>\d{1,5})\s?人?)?$"
        + @"|^(?<name>.+?)\s?:?\s?(?<count>\d{1,4}) classes$")]
    private static partial Regex CountOfGrade();

    [GeneratedRegex(@"^每班\s?(?<size>\d{1,5})\s?人?$")]
    private static partial Regex SizeOfEach();

    private sealed class LineReader
    {
        private readonly Dictionary<ClassName, int> known = [];

        public List<ListedClass> Classes { get; } = [];

        public List<ListDoubt> Doubts { get; } = [];

        /// <summary>Reads the parts of a line; a grade before a class (七年级, 1班) and a size behind one may be parts of their own.</summary>
        public void Read(int line, string text)
        {
            var parts = Separators().Split(text).Select(part => (Typed: part.Trim(), Text: ClassNameReader.Normalize(part)))
                .Where(part => part.Typed.Length > 0).ToList();
            if (parts.TrueForAll(part => Heading().IsMatch(part.Text)))
                return;
            // Of the part before, to which a size alone belongs; the size of one that was not understood is not told of as well.
            var (first, doubted) = (Classes.Count, Doubts.Count);
            for (var i = 0; i < parts.Count; i++)
            {
                var (typed, part) = parts[i];
                var hasNext = i + 1 < parts.Count;
                var size = Size().Match(part) is { Success: true } alone ? alone : SizeOfEach().Match(part);
                if (size.Success)
                {
                    if (Doubts.Count == doubted)
                        SetSize(line, typed, first, size);
                    first = Classes.Count;
                    continue;
                }
                (first, doubted) = (Classes.Count, Doubts.Count);
                if (hasNext && ClassNameReader.GradeOf(part) is { Label: "" }
                    && ClassNameReader.Join(part, parts[i + 1].Text) is { } joined)
                    ReadPart(line, $"{typed} {parts[++i].Typed}", joined);
                else
                    ReadPart(line, typed, part);
            }
        }

        private void ReadPart(int line, string typed, string text)
        {
            if (CountOfGrade().Match(text) is { Success: true } count && ClassNameReader.GradeOf(count.Groups["name"].Value) is { } grade)
            {
                AddAll(line, typed, grade, count);
                return;
            }
            var (name, doubt) = ClassNameReader.Read(text);
            if (name is not null)
            {
                Add(line, typed, name, null);
                return;
            }
            var sized = NameAndSize().Match(text);
            var (of, doubtOfName) = sized.Success ? ClassNameReader.Read(sized.Groups["name"].Value) : (null, doubt);
            if (of is not null)
                Add(line, typed, of, sized);
            else
                Doubt(line, typed, doubtOfName == ClassDoubt.None ? doubt : doubtOfName);
        }

        private void AddAll(int line, string typed, ClassName grade, Match count)
        {
            if (ChineseNumerals.Read(count.Groups["count"].ValueSpan) is not (>= 1 and <= ClassName.MaxNumber and var last))
                Doubt(line, typed, ClassDoubt.OutOfRange);
            else
                for (var number = 1; number <= last; number++)
                    Add(line, typed, grade with { Number = number }, count);
        }

        private void Add(int line, string typed, ClassName name, Match? sized)
        {
            int? pupils = sized?.Groups["size"] is { Success: true } size ? int.Parse(size.ValueSpan, CultureInfo.InvariantCulture) : null;
            if (pupils is < 1 or > ClassGroup.MaxPupils)
                Doubt(line, typed, ClassDoubt.Pupils);
            else if (!known.TryAdd(name, line))
                Doubt(line, typed, ClassDoubt.Twice);
            else
                Classes.Add(new ListedClass(line, name, pupils));
        }

        /// <summary>A part that is a number alone is the size of the classes of the part before it, if that had none.</summary>
        private void SetSize(int line, string typed, int first, Match sized)
        {
            var pupils = int.Parse(sized.Groups["size"].ValueSpan, CultureInfo.InvariantCulture);
            if (pupils is < 1 or > ClassGroup.MaxPupils || first == Classes.Count || Classes[first].Pupils is not null)
                Doubt(line, typed, ClassDoubt.Pupils);
            else
                for (var i = first; i < Classes.Count; i++)
                    Classes[i] = Classes[i] with { Pupils = pupils };
        }

        private void Doubt(int line, string typed, ClassDoubt why)
        {
            if (Doubts.Count == 0 || Doubts[^1] is var last && (last.Line, last.Text, last.Why) != (line, typed, why))
                Doubts.Add(new ListDoubt(line, typed, why));
        }
    }
}
