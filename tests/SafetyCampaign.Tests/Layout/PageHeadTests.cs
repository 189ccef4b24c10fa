namespace SafetyCampaign.Tests.Layout;

/// <summary>What every page says of itself, whichever frame it stands in.</summary>
public sealed class PageHeadTests
{
    /// <summary>Browsers with two engines (360, QQ, Sogou) open a page in that of Internet Explorer unless it asks for the other.</summary>
    [Fact]
    public void Every_page_asks_for_the_engine_that_it_is_written_for()
    {
        var heads = Source.Files(".cshtml").Where(file => file.Text.Contains("<head>", StringComparison.Ordinal)).ToList();

        Assert.Equal(8, heads.Count);
        Assert.All(heads, file => Assert.Contains("""<meta name="renderer" content="webkit">""", file.Text));
    }
}
