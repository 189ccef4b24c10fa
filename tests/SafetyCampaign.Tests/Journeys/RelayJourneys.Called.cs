using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Whose turn it is, as it is read on the pad.</summary>
public sealed partial class RelayJourneys
{
    [Theory]
    [InlineData("en", "Number 12, 欧阳梓涵: please sign")]
    [InlineData("zh-CN", "请12号欧阳梓涵签名")]
    public async Task The_name_of_who_writes_is_read_whole_on_the_pad_of_a_small_phone(string language, string words)
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, (12, "欧阳梓涵"));
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var phone = await PhoneAsync(with => with.Locale = language);
        await phone.GotoAsync($"/class/{secret}/relay");

        await phone.Locator("#start").ClickAsync();
        Assert.True(await IsOnOneLineAsync(phone, "#turn h2"));
        await phone.Locator("[data-turn=sign]").ClickAsync();

        await Expect(phone.Locator("#pad h2")).ToHaveTextAsync(words);
        Assert.True(await IsOnOneLineAsync(phone, "#pad h2"));
        Assert.True(await phone.EvaluateAsync<bool>(
            """
            () => {
              const title = document.querySelector('#pad h2');
              return title.scrollWidth <= title.clientWidth && title.clientHeight <= document.querySelector('.pad-bar').clientHeight;
            }
            """));
        Assert.True(await phone.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('.pad-bar .button')].every(it => it.scrollWidth <= it.clientWidth)"));
    }

    /// <summary>Whether the name in an element is not parted: each of its characters stands on the same line.</summary>
    private static Task<bool> IsOnOneLineAsync(IPage page, string element) => page.EvaluateAsync<bool>(
        """
        element => {
          const text = document.querySelector(element).firstChild;
          const at = text.data.indexOf('欧阳梓涵');
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + 4);
          return range.getClientRects().length === 1;
        }
        """, element);
}
