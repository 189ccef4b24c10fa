using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>What a scene says in further languages.</summary>
public sealed class SceneTranslationTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private readonly Scene scene = new(SceneKind.Oath, "宣誓台", "请全体起立",
        new SceneSettings { Lines = ["不私自下水游泳", "不盲目下水施救"], Speaker = "李校长" });

    public SceneTranslationTests() => scene.Translate(new SceneTranslation
    {
        Language = "en",
        Title = "Our oath",
        Words = new SceneSettings { Lines = ["No swimming alone"], KeySentence = "Nobody asked" },
    });

    [Fact]
    public void A_reader_is_told_the_translation_and_the_original_where_there_is_none()
    {
        Assert.Equal(("Our oath", "请全体起立"), (scene.TitleIn(English), scene.NotesIn(English)));
        Assert.Equal(["No swimming alone", "不盲目下水施救"], scene.SettingsIn(English).Lines);
        Assert.Equal(("李校长", ""), (scene.SettingsIn(English).Speaker, scene.SettingsIn(English).KeySentence));
        Assert.Equal("宣誓台", scene.TitleIn(Chinese));
        Assert.Same(scene.Settings, scene.SettingsIn(Chinese));
    }

    [Fact]
    public void What_is_written_anew_has_no_translation_until_one_is_given()
    {
        scene.Edit(scene.Title, "请坐下", scene.Settings with { Lines = ["不私自下水游泳"], CountdownSeconds = 60 });

        Assert.Equal(("Our oath", "请坐下"), (scene.TitleIn(English), scene.NotesIn(English)));
        Assert.Equal(["不私自下水游泳"], scene.SettingsIn(English).Lines);

        scene.Edit("宣誓", scene.Notes, scene.Settings);

        Assert.DoesNotContain(scene.Translations, t => t.Title != "" || t.Words.Lines.Count > 0);
    }

    [Fact]
    public void A_translation_that_says_nothing_is_none_and_a_copy_says_the_same()
    {
        Assert.Equal("Our oath", scene.Copy().TitleIn(English));

        scene.Translate(new SceneTranslation { Language = "en", Words = new SceneSettings { Lines = ["", ""] } });

        Assert.Empty(scene.Translations);
    }

    [Fact]
    public void A_cards_words_are_translated_by_its_key_and_go_with_its_words()
    {
        var card = LectureCardContent.Of(LectureCard.Float) with { Title = "先浮起来", Points = ["仰面", "别乱动"] };
        var lecture = new Scene(
            SceneKind.Lecture, "讲座", "", new SceneSettings { Cards = [card, LectureCardContent.Of(LectureCard.Cramp)] });
        lecture.TranslateCard("en", card.Key, new LectureCardWords("Float first", ["", "Keep still"], ""));

        var shown = lecture.SettingsIn(English).CardsShown();
        Assert.Equal(("Float first", "仰面", "Keep still"), (shown[0].Title, shown[0].Points[0], shown[0].Points[1]));
        Assert.False(shown[1].HasOwnWords);

        lecture.Edit(lecture.Title, lecture.Notes, new SceneSettings { Cards = [lecture.Settings.Cards[1], card with { Picture = "p" }] });
        Assert.Equal("Float first", lecture.SettingsIn(English).CardsShown()[1].Title);

        lecture.Edit(lecture.Title, lecture.Notes, new SceneSettings { Cards = [card with { Points = ["仰面"] }] });
        Assert.Empty(lecture.Translations);
    }
}
