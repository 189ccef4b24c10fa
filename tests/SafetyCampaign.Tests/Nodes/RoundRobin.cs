namespace SafetyCampaign.Tests.Nodes;

/// <summary>A visitor behind a proxy that sends each request to the next node, whatever came before.</summary>
internal sealed class RoundRobin(params CampaignApp[] nodes) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
{
    private int next;

    public static HttpClient Client(params CampaignApp[] nodes) => new(new RoundRobin(nodes)) { BaseAddress = nodes[0].Address };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new UriBuilder(request.RequestUri!) { Port = nodes[next++ % nodes.Length].Address.Port }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
