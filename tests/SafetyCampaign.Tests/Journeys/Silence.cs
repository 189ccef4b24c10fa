using Microsoft.Playwright;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// A browser makes no sound before somebody has touched the machine. One that is steered takes each step of the test for
/// a touch, so here the rule is kept by hand.
/// </summary>
internal static class Silence
{
    public static Task AllowSoundOnlyAfterAKeyAsync(this IPage page) => page.AddInitScriptAsync(
        """
        let touched = false;
        addEventListener('keydown', () => touched = true, true);
        window.AudioContext = class extends AudioContext {
          allowed = false;
          get state() { return this.allowed ? super.state : 'suspended'; }
          async resume() {
            if (!touched) return new Promise(() => {});
            await super.resume();
            this.allowed = true;
          }
        };
        """);
}
