using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Display.Scenes;

public static class ScenesSetup
{
    /// <summary>Registers every <see cref="StageSceneDescriptor"/> of the program.</summary>
    public static void AddScenes(this IServiceCollection services)
    {
        services.AddSingleton(typeof(SceneRegistry<>));
        var descriptors = typeof(ScenesSetup).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(StageSceneDescriptor)) && !type.IsAbstract);
        foreach (var type in descriptors)
            services.AddScene((StageSceneDescriptor)Activator.CreateInstance(type)!);
    }

    /// <summary>Adds one kind of scene, for the stage and for the desk.</summary>
    public static void AddScene(this IServiceCollection services, StageSceneDescriptor descriptor)
    {
        services.AddSingleton(descriptor);
        services.AddSingleton<SceneDescriptor>(descriptor);
    }
}
