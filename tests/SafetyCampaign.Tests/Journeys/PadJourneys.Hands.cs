namespace SafetyCampaign.Tests.Journeys;

/// <summary>A hand that lies on the sheet all along, and fingers that write beside it.</summary>
public sealed partial class PadJourneys
{
    [Fact]
    public async Task Strokes_of_two_fingers_are_kept_while_the_palm_lies_there_all_along()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e);
        await family.OpenPadAsync("Student");
        var hand = await family.Canvas.HandAsync();
        var palm = new Touch(0, 0.8, 0.9);
        await hand.TouchAsync(palm);

        for (var finger = 1; finger <= 2; finger++)
        {
            foreach (var y in new[] { 0.1, 0.15, 0.2, 0.3 })
                await hand.MoveAsync(palm, new Touch(finger, 0.2 * finger, y));
            await hand.MoveAsync(palm); // this finger is lifted, the palm stays
            await StandsAsync(family.Page, strokes: finger);
        }
        await hand.LiftAsync();

        await StandsAsync(family.Page, strokes: 2);
        Assert.All(await StrokesAsync(family.Page), stroke => Assert.True(stroke.Points >= 4, $"{stroke}"));
    }

    [Fact]
    public async Task A_palm_that_rolled_before_the_finger_came_leaves_no_ink_and_the_finger_writes()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e);
        await family.OpenPadAsync("Student");
        var box = (await family.Canvas.BoundingBoxAsync())!;
        var hand = await family.Canvas.HandAsync();
        await hand.TouchAsync(new Touch(0, 0.8, 0.9));
        var rolled = new Touch(0, 0.8 - 9 / box.Width, 0.9);
        await hand.MoveAsync(rolled);
        await StandsAsync(family.Page, strokes: 1); // a finger could have drawn it

        foreach (var y in new[] { 0.1, 0.15, 0.2, 0.3, 0.5 })
            await hand.MoveAsync(rolled, new Touch(1, 0.3, y));
        await hand.MoveAsync(rolled);
        await hand.LiftAsync();

        await StandsAsync(family.Page, strokes: 1);
        // Upright the finger went along the sheet, through two fifths of it.
        Assert.InRange((await StrokesAsync(family.Page))[0].Width, 0.3 * box.Height * 4, 0.45 * box.Height * 4);
    }

    [Fact]
    public async Task A_second_finger_that_writes_before_the_first_is_lifted_writes_a_stroke_of_its_own()
    {
        var e = await App.SeedEventAsync();
        var family = await AtTheNamesAsync(await PhoneAsync(), e);
        await family.OpenPadAsync("Student");
        var hand = await family.Canvas.HandAsync();
        var palm = new Touch(0, 0.8, 0.9);
        await hand.TouchAsync(palm);
        foreach (var y in new[] { 0.1, 0.15, 0.3 })
            await hand.MoveAsync(palm, new Touch(1, 0.2, y));

        foreach (var y in new[] { 0.5, 0.52, 0.55, 0.6, 0.7 })
            await hand.MoveAsync(palm, new Touch(1, 0.2, 0.3), new Touch(2, 0.5, y));
        await hand.MoveAsync(palm);
        await hand.LiftAsync();

        await StandsAsync(family.Page, strokes: 2);
        Assert.All(await StrokesAsync(family.Page), stroke => Assert.True(stroke.Width > stroke.Height, $"{stroke}"));
    }
}
