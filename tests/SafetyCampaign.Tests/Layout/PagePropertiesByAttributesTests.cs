using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace SafetyCampaign.Tests.Layout;

/// <summary>What a start leaves out of the description of pages is what no page needs at that time.</summary>
public sealed class PagePropertiesByAttributesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    [Fact]
    public void A_property_of_a_page_is_bound_as_the_framework_itself_would_bind_it()
    {
        var metadata = app.Get<IModelMetadataProvider>();
        var parts = app.Get<IPageApplicationModelPartsProvider>();
        var bound = new List<string>();
        foreach (var property in typeof(Program).Assembly.GetTypes().Where(typeof(PageModel).IsAssignableFrom)
            .SelectMany(page => page.GetProperties(BindingFlags.Public | BindingFlags.Instance)))
        {
            var expected = BindingInfo.GetBindingInfo(property.GetCustomAttributes(inherit: true),
                metadata.GetMetadataForProperty(property.DeclaringType!, property.Name));

            var described = parts.CreatePropertyModel(property);

            var name = $"{property.ReflectedType!.Name}.{property.Name}";
            Assert.Equal((name, property.Name), (name, described.PropertyName));
            Assert.Equal((name, expected is null, expected?.BindingSource, expected?.BinderModelName, expected?.BinderType),
                (name, described.BindingInfo is null, described.BindingInfo?.BindingSource, described.BindingInfo?.BinderModelName,
                    described.BindingInfo?.BinderType));
            if (expected is not null)
                bound.Add(name);
        }
        Assert.True(bound.Count > 100, $"Only {bound.Count} properties are bound.");
    }
}
